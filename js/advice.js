// Advice on settings, in the console of whoever builds the site: once a page each. A file of its own, which is loaded where the address
// is this machine's, or where the inspector is open. It changes nothing, and no token is in what it says.

import { adviceOn, all } from "./advice/advice.js";
import { answer } from "./advice/answer.js";
import { seen, tags } from "./advice/page.js";
import { sentence } from "./advice/sentence.js";

/** Looks at the settings of a tracker, now and once the page has loaded. Returns what looks at an answer of its source of tokens. */
export function advise(given, isTag) {
  const look = (hasLoaded) => tell(adviceOn(given, seen(isTag, hasLoaded)), isTag);
  look(false);
  afterLoad(() => look(true));
  const source = isTag && given.tokenUrl ? "tokenUrl" : "token";
  return (answered) => tell(all(() => answer(answered, Date.now(), source)), isTag);
}

/** The same of the page's script tag, where no tracker has loaded. */
export function adviseTag() {
  const [tag] = tags();
  if (tag) advise(Object.fromEntries(Object.entries(tag.dataset).map(([name, text]) => [name, valueOf(text)])), true);
}

/** What was said on this page. */
export const told = new Set();

function tell(advice, isTag) {
  for (const one of advice) {
    const text = `${sentence(one, isTag)} Mend: ${one.mend}`;
    if (told.has(text)) continue;
    told.add(text);
    globalThis.console.warn(`omneo-interactions: ${text}`);
  }
}

// Tag managers bring more after that.
function afterLoad(act) {
  const later = () => setTimeout(act, SETTLED_MS);
  if (Reflect.get(Document.prototype, "readyState", document) === "complete") later();
  else addEventListener("load", later, { once: true });
}

// As the tag reads its attributes; what is no JSON, the tracker refuses.
function valueOf(text) {
  try {
    return /^[[{]/.test(text) ? JSON.parse(text) : text;
  } catch {
    return undefined;
  }
}

const SETTLED_MS = 3_000;
