// The inspector: what happens to each record, the settings, and what the page contains, for whoever builds the site. It shows what the
// tracker tells and decides nothing; all of it is text, and no token is in any of it.

import { Lines } from "./inspector/lines.js";
import { Log } from "./inspector/log.js";
import { Panel } from "./inspector/panel.js";

/** Opens it for a tracker; `ended` is called once it is closed. Returns what hears each event, and what shows it again. */
export function open(tracker, ended) {
  const log = new Log();
  advice(({ advise }) => advise(tracker.given, tracker.isTag));
  const panel = new Panel(tracker, ended);
  const lines = new Lines();
  log.onchange = (entry, step) => {
    lines.write(entry, step);
    panel.show(entry);
  };
  return { hear: (event, detail) => log.hear(event, detail), show: () => panel.expand() };
}

/**
 * For a start, which has not loaded the tracker: says why, and when the inspector opens. `rule` says why it notes nothing, if it does not;
 * `given` are the settings that the package has.
 */
export default function tell(rule, answer, given) {
  advice(({ advise, adviseTag }) => (given ? advise(given, false) : adviseTag()));
  globalThis.console.info("omneo-interactions: the tracker is not loaded, so nothing is recorded.", WHY[rule || answer] ?? WHY.granted);
}

// Where it cannot be loaded, the inspector is there all the same.
const advice = (look) => void import("./advice.js").then(look).catch(() => {});

const WHY = {
  __proto__: null,
  "consent-denied": "The visitor declined, or the browser did for them (Global Privacy Control).",
  "signed-out": "Nobody is signed in. The inspector opens by another call once somebody is.",
  stopped: "The site has stopped it.",
  unknown: "The visitor has not answered yet. Once they agree and somebody is signed in, the inspector opens.",
  granted: "The visitor agreed, and it is being found out who is signed in. Where somebody is, the inspector opens.",
};
