// A custom pixel as docs/events.md has it.
(async () => {
  const { tell, analytics, browser, init, visit } = window;
  const { customer } = init.data;
  const given = new URLSearchParams(location.search);
  const { createTracker } = await import(given.get("tracker"));
  const tracker = await createTracker({
    endpoint: given.get("endpoint"),
    token: () => customer && browser.localStorage.getItem(`shapes:omneo:shapestoken:${customer.id}`),
    consent: "granted",
    capture: { pageViews: false, productViews: false, forms: false, logins: false },
    events: { shopify: { analytics } },
  });
  tracker.on("refused", ({ rule, record }) => tell(`${rule} ${record.name}`));
  tracker.on("failed", ({ rule, reason }) => tell(`failed: ${rule ?? reason}`));
  visit();
  await tracker.flush();
  tell("delivered");
})();
