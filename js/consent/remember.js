// For sites without a consent platform: an answer that lasts. Granted and refused alike, it is kept with when it was given and the version
// of the text that was asked by. Its key does not begin as the tracker's own do, so no denial and no sign-out removes it.

const KEY = "omneo-consent";

// Where storage is blocked, the answer lasts as long as the page.
let kept;

/** Keeps an answer. Whoever follows it on this page hears of it at once. */
export function keep(answer, version = "1") {
  kept = JSON.stringify({ answer, at: Date.now(), version });
  try {
    localStorage[KEY] = kept;
  } catch {}
  dispatchEvent(new Event(KEY));
}

export default (changed, signal, { version = "1", days = 180, banner = true, ...shown }) => {
  let last = "unknown";
  let asking;

  const stored = () => {
    try {
      kept = localStorage[KEY];
    } catch {}
    try {
      const { answer, at, version: of } = JSON.parse(kept);
      if (of === version && Date.now() - at < days * 864e5) return answer;
    } catch {}
    return "unknown";
  };

  const ask = async () => {
    asking?.remove();
    asking = (await import("../banner.js")).ask(shown, stored(), (answer) => keep(answer, version));
  };

  for (const event of ["storage", KEY]) {
    addEventListener(event, () => (asking?.remove(), changed()), { signal });
  }
  addEventListener("click", ({ target }) => /** @type {any} */ (target).closest?.("[data-omneo-consent]") && ask(), { signal });
  if (banner && stored() === "unknown") ask();

  // `said` is the answer that the page goes by: another one than was read here is a call's, and lasts too.
  return (said) => {
    if (said && `${said}` !== `${last}`) keep((last = said), version);
    return (last = stored());
  };
};
