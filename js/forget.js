/**
 * Removes all that earlier pages kept. Where it is because nobody is signed in, the session stays and names nobody, for open pages and
 * for those that come back. `src/browser/storage.rs` says what is kept; this is the short form of a session, see
 * `src/capture/session.rs`.
 */
export function forget(isSignedOut) {
  try {
    for (const storage of [localStorage, sessionStorage]) {
      for (const key of Object.keys(storage)) if (key.startsWith("omneo:")) storage.removeItem(key);
    }
    if (isSignedOut) localStorage["omneo:session"] = `${Date.now()} ${Date.now()} ?`;
  } catch {
    // Storage is blocked.
  }
}
