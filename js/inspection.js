// Opens the inspector, a file of its own that nobody loads who does not ask for it, and keeps what happens until it is there; and gives
// advice on the settings, by another one, where a site is built.

import { isHere } from "./here.js";

/** Whether it opens as the page begins: by the setting, or on this machine by the page's address. */
export function isAsked(setting) {
  return /^(true|)$/.test(setting ?? "no") || (isHere(location.hostname) && /[?&]omneo-inspect(?![^&=])/.test(location.search));
}

/** Has the settings looked at on this machine, and what `askToken` answers there, unless `inspect` is false. Returns `askToken`. */
export function advised(askToken, { given, isTag }) {
  if (!isHere(location.hostname) || /false/.test(given.inspect)) return askToken;
  const file = import("./advice.js").then(({ advise }) => advise(given, isTag)).catch(() => () => {});
  return () => askToken().then((answer) => (file.then((look) => look(answer)), answer));
}

/**
 * Listens to all that the tracker tells from here on, and opens the inspector. Returns a promise of what shows it again; `ended` is
 * called once it is closed. `tracker` is what the inspector asks: the settings as they were `given`, whether they are a tag's, and `call`.
 */
export function inspect(listeners, tracker, ended) {
  const told = [];
  let hear = (...event) => void told.push(event);
  const listening = EVENTS.map((event) => [event, (detail) => hear(event, detail)]);
  for (const one of listening) listeners.add(one);
  const close = () => {
    for (const one of listening) listeners.delete(one);
    ended();
  };
  const show = ({ open }) => {
    const panel = open(tracker, close);
    ({ hear } = panel);
    for (const event of told) hear(...event);
    return panel;
  };
  return import("./inspect.js").then(show).catch((error) => {
    close();
    globalThis.console.warn("omneo-interactions: the inspector could not be opened.", error);
  });
}

const EVENTS = ["recorded", "refused", "delivered", "failed", "stage"];
