// The account page: signing in and out.
import { signIn, signOut, signedIn } from "./session.js";

const [form, error, account] = ["sign-in", "sign-in-error", "account"].map((id) => document.getElementById(id));

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  error.hidden = true;
  try {
    await signIn(Object.fromEntries(new FormData(form)));
    // The next page is the first with a token, and the tracker records the login there.
    location.assign("/account/");
  } catch ({ message }) {
    error.textContent = message;
    error.hidden = false;
    form.elements.email.focus();
  }
});

document.getElementById("sign-out").addEventListener("click", async () => {
  omneo("signOut");
  await signOut();
  location.assign("/account/");
});

const profile = await signedIn();
form.hidden = Boolean(profile);
account.hidden = !profile;
if (profile) document.getElementById("greeting").textContent = `Good day, ${profile.first_name}.`;
document.documentElement.dataset.ready = "true";
