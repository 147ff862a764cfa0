/** Where the site's pages in this browser tell each other; alone where storage is blocked, as Firefox then refuses. */
export function channel(name) {
  try {
    return new BroadcastChannel(name);
  } catch {
    return { postMessage() {}, close() {}, onmessage: undefined };
  }
}
