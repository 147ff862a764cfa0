/**
 * What each of the apps does: it shows a product that is named after the tool it was made with. Whoever opens the page says in
 * its address where records go and with which token, and reads on the page what became of them.
 */
export async function visit(createTracker, tool) {
  const { endpoint, token } = Object.fromEntries(new URLSearchParams(location.search));
  try {
    const tracker = await createTracker({ endpoint, token: () => token, consent: "granted" });
    tracker.productView({ name: tool });
    await tell(tracker);
  } catch (error) {
    document.body.dataset.visited = `${error} ${error.cause ?? ""}`;
  }
}

/** What the apps of the frameworks do, whose product's page tells of it by itself; then they are unmounted, which stops the tracker. */
export async function leave(tracker, unmount) {
  await tracker.flush();
  unmount();
  while ((await tracker.explain(ANY)).rule !== "stopped") await new Promise((later) => setTimeout(later));
  await tell(tracker);
}

const ANY = { action: "view", channel: "website", signal: 0, name: "Any", namespace: "any" };

/** Shows what became of the records. */
export async function tell(tracker) {
  document.body.dataset.visited = JSON.stringify(await tracker.flush());
}
