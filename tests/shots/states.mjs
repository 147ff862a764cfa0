// The demo's pages and their states: for each its name, and how a visitor gets there.

const RECORDS = "**/profiles/me/interactions*";

export const STATES = {
  "home, nobody has answered": at("/"),
  home: answered("/"),
  dresses: answered("/dresses/"),
  knitwear: answered("/knitwear/"),
  shoes: answered("/shoes/"),
  product: answered("/products/linen-wrap-dress.html"),
  "product, signed in": signedIn("/products/linen-wrap-dress.html"),
  lookbook: answered("/lookbook/"),
  "lookbook, spring": answered("/lookbook/spring"),
  "newsletter, thanks": answered("/newsletter/thanks.html"),
  "not found": answered("/404.html"),
  "account, signed out": answered("/account/"),
  "account, wrong password": signedIn("/account/", { password: "wrong" }),
  "account, signed in": signedIn("/account/"),
  "own records": own(),
  "own records, all data of one": own((page) => page.getByText("All data").first().click()),
  "own records, about to delete": own((page) => page.getByRole("button", { name: "Delete all" }).click()),
  "own records, none": own(undefined, { who: { email: "grace@example.com", answer: "Decline" }, state: "empty" }),
  "own records, loading": own(undefined, { before: (page) => page.route(RECORDS, () => {}), state: "loading" }),
  "own records, an error": own(undefined, { before: (page) => page.route(RECORDS, (route) => route.fulfill({ status: 403 })), state: "failed" }),
  "own records, offline": own(undefined, { before: (page) => page.context().setOffline(true), state: "offline" }),
  "timeline, signed out": answered("/timeline/"),
  timeline: signedIn("/timeline/"),
  privacy: answered("/privacy/"),
  "privacy, explained": async (page, shop) => {
    await answered("/privacy/")(page, shop);
    await page.getByRole("button", { name: "A purchase" }).click();
    await page.locator("#explained p").first().waitFor();
  },
  reports: reported("/reports/"),
  "reports, the support desk": reported("/reports/?channel=support"),
  "reports, none": async (page, shop) => {
    await answered("/reports/?channel=push")(page, shop);
    await page.getByText(/^None of \d/).waitFor();
  },
  "reports, an error": async (page, shop) => {
    await page.route("**/_sandbox/records", (route) => route.fulfill({ status: 503 }));
    await answered("/reports/")(page, shop);
    await page.getByText("could not be read").waitFor();
  },
  "policy report": at("/privacy/policy/"),
  inspector: async (page, shop) => {
    await signedIn("/products/linen-wrap-dress.html")(page, shop);
    await page.getByRole("button", { name: "What happens here" }).click();
    await page.getByRole("heading", { name: "Omneo inspector" }).waitFor();
  },
  documentation: at("/docs/"),
  "documentation, a page": at("/docs/policy/"),
  "product, reviewed": reviewed,
  "account, with points": async (page, shop) => {
    await reviewed(page, shop);
    await page.waitForFunction(async () => (await (await fetch("/shop/points")).json()).points > 0, undefined, { polling: 200 });
    await at("/account/")(page, shop);
    await page.getByText("You have 50 points.").waitFor();
  },
};

function at(path) {
  return (page, shop) => page.goto(shop.url(path), { waitUntil: "load" });
}

async function reviewed(page, shop) {
  await signedIn("/products/linen-wrap-dress.html")(page, shop);
  await page.getByText("I love it").click();
  await page.getByRole("button", { name: "Send review" }).click();
  await page.getByText("Your review is noted.").waitFor();
}

function reported(path) {
  return async (page, shop) => {
    await answered(path)(page, shop);
    await page.locator("details").last().waitFor();
    await page.locator("summary").first().click();
  };
}

// The banner is answered, and gone.
function answered(path, answer = "Accept") {
  return async (page, shop) => {
    await at(path)(page, shop);
    await page.getByRole("button", { name: answer }).click();
    await page.locator(".consent").waitFor({ state: "hidden" });
  };
}

function signedIn(path, { password = "demo", email = "ada@example.com", answer } = {}) {
  return async (page, shop) => {
    await answered("/account/", answer)(page, shop);
    await page.locator("#email").fill(email);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    if (password !== "demo") return page.getByRole("alert").waitFor();
    await page.locator("#account").waitFor();
    await at(path)(page, shop);
  };
}

// The customer's own records, opened on the account page, and what is done with them then.
function own(act, { who, before, state = "ready" } = {}) {
  return async (page, shop) => {
    await signedIn("/account/", who)(page, shop);
    // The file that shows them has to be here while the network still is.
    await page.evaluate(() => import("/omneo/privacy.js"));
    await before?.(page);
    await page.getByText("What this shop has noted of you").click();
    await page.locator(`omneo-privacy [data-state="${state}"]`).waitFor();
    await act?.(page);
  };
}
