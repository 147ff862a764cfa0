// A custom pixel as docs/events.md has it.
(async () => {
  const { tell, analytics, visit } = window;
  const given = new URLSearchParams(location.search);
  const { createTracker } = await import(given.get("tracker"));
  const tracker = await createTracker({
    endpoint: given.get("endpoint"),
    token: () => given.get("token"),
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
