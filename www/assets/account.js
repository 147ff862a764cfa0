// The account page: signing in and out, and what customers see of their own.
import { answer, answered } from "./consent.js";
import { element } from "./dom.js";
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
if (profile) await showPoints();
document.documentElement.dataset.ready = "true";

// Only once they ask for it: it is told what the tag of the page has.
const own = document.getElementById("own");
own.addEventListener("toggle", showOwn, { once: true });

async function showOwn() {
  const { endpoint, route, tokenUrl } = document.querySelector("script[data-token-url]").dataset;
  const why = element("p", { slot: "why" }, "See it happen on ", element("a", { href: "/privacy/" }, "the page about your last minute"), ".");
  const privacy = element("omneo-privacy", {}, why);
  privacy.settings = { endpoint, route, tokenUrl, consent: answered(), setConsent: answer };
  own.append(privacy);
  await import("/omneo/privacy.js");
}

async function showPoints() {
  const { points, awards } = await (await fetch("/shop/points")).json();
  if (points === 0) return;
  document.getElementById("points").textContent = `You have ${points} points.`;
  const items = awards.map(({ points, name, period }) => element("li", {}, `${points} points: ${name} of ${month(period)}`));
  document.getElementById("awards").append(...items);
}

function month(period) {
  return new Date(`${period}-01T00:00:00Z`).toLocaleDateString("en", { month: "long", year: "numeric", timeZone: "UTC" });
}
