/**
 * What each of the apps does: it shows a product that is named after the tool it was made with. Whoever opens the page says in
 * its address where records go and with which token, and reads on the page what became of them.
 */
export async function visit(createTracker, tool) {
  const { endpoint, token } = Object.fromEntries(new URLSearchParams(location.search));
  try {
    const tracker = await createTracker({ endpoint, token: () => token, consent: "granted" });
    tracker.productView({ name: tool });
    document.body.dataset.visited = JSON.stringify(await tracker.flush());
  } catch (error) {
    document.body.dataset.visited = `${error} ${error.cause ?? ""}`;
  }
}
