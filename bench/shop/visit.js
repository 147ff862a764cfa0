// The page of a visit. The address says how the tracker is set up: `?route=relay&token=rubbish&durations&records=a,b`; who the visitor
// is, `?as=grace`, or whoever is signed in, `?as=anyone`, else Ada where that is nobody; and what they agreed to, `?consent=asked` as
// they answered, see below.

import { createTracker } from "/omneo/omneo-interactions.js";

const asked = new URL(location.href).searchParams;
let tokens = 0;
let hasToken = false;

async function token() {
  tokens += 1;
  if (asked.get("token") === "rubbish" && tokens < 3) return { hello: "world" };
  const answer = await fetch("/omneo/token");
  if (answer.status === 401) return null;
  if (!answer.ok) throw new Error(`no token: ${answer.status}`);
  const token = await answer.json();
  hasToken = true;
  return token;
}

async function signIn(name) {
  const body = JSON.stringify({ email: `${name}@example.com`, password: "demo" });
  await fetch("/shop/login", { method: "POST", headers: { "Content-Type": "application/json" }, body });
}

// Whoever is signed in already need not do so again; and a page that is loaded anew, as somebody went back to it, changes nobody.
async function beSignedIn(name) {
  const session = await fetch("/shop/session");
  const { email } = session.status === 204 ? {} : (await session.json()).profile;
  const wanted = name ?? email?.split("@")[0] ?? "ada";
  if (email !== `${wanted}@example.com`) await signIn(wanted);
}

if (asked.get("as") !== "anyone") await beSignedIn(asked.get("as"));

// What another site, another version or a full disk may have left there.
if (asked.has("corrupt")) {
  for (const [at, text] of ["", "{", "v9|?", "1|2|3", "[1,{},[]]", "\u0000".repeat(99)].entries()) localStorage[`omneo:17:${at}`] = text;
  localStorage["omneo:session"] = "[[[[";
  localStorage["omneo:"] = localStorage["omneo"] = "not ours";
}

window.failures = [];
for (const event of ["error", "unhandledrejection"]) {
  addEventListener(event, (problem) => failures.push(String(problem.reason ?? problem.message)));
}

// To watch the module's memory.
for (const way of ["instantiate", "instantiateStreaming"]) {
  const native = WebAssembly[way];
  WebAssembly[way] = async (...given) => {
    const made = await native.apply(WebAssembly, given);
    window.memory ??= Object.values((made.instance ?? made).exports).find((one) => one instanceof WebAssembly.Memory);
    return made;
  };
}

const tracker = await createTracker({
  endpoint: asked.get("endpoint") ?? "/",
  consent: asked.get("consent") === "asked" ? (localStorage.getItem("bench:answer") ?? "unknown") : "granted",
  token,
  route: asked.get("route") ?? "me",
  capture: { pageViews: false, logins: false, durations: asked.has("durations") },
  // A visitor's page is not on this machine, and has no advice on its settings.
  inspect: false,
});

// With durations, every other record is the view of a page, which the tracker keeps to itself until that is left.
function record(name, at) {
  if (asked.has("durations") && at % 2 === 1) tracker.pageView({ title: name });
  else tracker.productView({ name });
}

window.visit = {
  tracker,
  record: (names) => names.forEach(record),
  send: () => void tracker.flush(),
  /** Answers the site's banner, which remembers it for the next page. */
  answer(answer) {
    localStorage.setItem("bench:answer", answer);
    tracker.consent(answer);
  },
  signIn,
  get hasToken() {
    return hasToken;
  },
  /** Ends the session at the shop, then tells the tracker, as a site's sign-out button does. */
  async signOut() {
    await fetch("/shop/logout", { method: "POST" });
    tracker.signOut();
  },
};
visit.record(asked.get("records")?.split(",") ?? []);
