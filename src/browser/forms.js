// What a page says of its forms: many nodes, read at once.

/**
 * What a form, or another node, has by that name; of a method, what that returns. It is the prototype's, because a field called
 * `closest` hides the form's own.
 */
export function ask(node, name, ...given) {
  const own = Reflect.get(Object.getPrototypeOf(node), name, node);
  return typeof own === "function" ? Reflect.apply(own, node, given) : own;
}

/** The fields of a form; of one without end, the first. */
export const fieldsOf = (form) =>
  [...(ask(form, "elements") ?? form.querySelectorAll(FIELDS))].filter((field) => field.matches(FIELDS)).slice(0, MOST_FIELDS);

/**
 * Which form it is: its `name`, else its `id`; what people call it; how it is sent, whether it lies where people search, and what it and
 * its button say of themselves. Then its fields as their markup has them, without their values; all that a person sees of them by `see`,
 * where the policy keeps fields at all.
 *
 * The work grows with the form and with the labels of the page.
 */
export function markupOf(form, fields, submitter, see) {
  const attribute = (name) => ask(form, "getAttribute", name) || "";
  const around = ask(form, "parentElement");
  const labels = labelsOf(form);
  const seen = see?.(fields, labels, ask, FIELDS);
  return {
    form: attribute("name") || attribute("id"),
    name: attribute("aria-label"),
    number: numberOf(form),
    changes: changes.get(form) ?? 0,
    method: submitter?.getAttribute("formmethod") || attribute("method"),
    says: [...said(form), ...(around?.matches("body") === false ? said(around) : [])].join(" "),
    button: submitter ? [...said(submitter), submitter.value, submitter.textContent].join(" ") : "",
    isInSearch: ask(form, "closest", "search,[role=search]") !== null,
    fields: fields.map((field, at) => ({ ...describe(field, labels.get(field)), ...seen?.[at] })),
  };
}

/** The value of a field. A box that is not ticked has none. */
export const valueOf = ({ type, checked, value }) => (/^(checkbox|radio)$/.test(type) && !checked ? "" : value);

/**
 * Begins an adapter of embedded forms: `submitted` is called with which form it was, and what people call it, until `signal` is aborted.
 * Returns the selector of the forms that it speaks for.
 */
export const beginEmbed = (embed, submitted, signal) => embed((...told) => void (signal.aborted || submitted(...told)), signal);

const describe = (field, label) => ({
  name: cut(field.name),
  id: cut(field.id),
  called: cut([field.ariaLabel, field.placeholder, label].join(" ")),
  kind: cut(field.type),
});

const cut = (text) => text?.slice(0, MOST_CHARACTERS);

// What people call its fields. All labels in one pass, as a field's own `labels` walks over the whole page for each field.
function labelsOf(form) {
  const labels = new Map();
  for (const label of ask(ask(form, "getRootNode"), "querySelectorAll", "label")) {
    const { control } = label;
    if (control && (control.form ?? form) === form) labels.set(control, `${labels.get(control) ?? ""} ${label.textContent}`);
  }
  return labels;
}

/** What an element is called, by its markup. */
const said = (node) => SAYING.map((name) => cut(ask(node, "getAttribute", name)));

/** The forms that were submitted, by number, and how often each was changed. */
const numbers = new WeakMap();
const changes = new WeakMap();
let last = 0;

const numberOf = (form) => {
  if (!numbers.has(form)) numbers.set(form, ++last);
  return numbers.get(form);
};

/** Hears that somebody changes a field, or that a script empties a form. What is in it is not read. */
export const noteChanges = () => (event) => {
  // A field may lie outside of its form.
  for (const form of [...event.composedPath(), event.composedPath()[0].form]) {
    if (form instanceof HTMLFormElement) changes.set(form, (changes.get(form) ?? 0) + 1);
  }
};

/**
 * Begins to see what becomes of a form that a script sends: the requests of the page's from now on, and marks of errors, which these
 * `words` tell. Returns what tells of it, see `Signs` in `src/capture/attempt.rs`.
 */
export function follow(form, button, words) {
  // The page may have a `performance` of its own; an event has the same clock.
  const began = new Event("").timeStamp;
  const root = ask(form, "getRootNode");
  const busy = button || ask(form, "querySelector", SUBMITS);
  const fields = fieldsOf(form);
  const ended = [];
  const word = new RegExp(`\\S*(${words})\\S*`, "gi");
  const marked = words.split("|").flatMap((one) => [`[class*=${one} i]`, `[id*=${one} i]`]);
  const selector = [...marked, ":invalid", "[aria-invalid=true]", "[role=alert]"].join();
  const marks = () => [...ask(root, "querySelectorAll", selector)].map((node) => markOf(node, word)).filter(Boolean);
  const before = new Set(marks());
  let observer;
  try {
    observer = new PerformanceObserver((list) => ended.push(...list.getEntries()));
    observer.observe({ __proto__: null, type: "resource" });
  } catch {
    // Without, how requests end cannot be seen.
  }
  const signs = () => {
    ended.push(...(observer?.takeRecords() ?? []));
    const isInvalid = ask(form, "matches", "[novalidate]:invalid") || ask(form, "querySelector", "[aria-invalid=true]");
    const requests = ended.filter(({ initiatorType, startTime }) => startTime >= began && /^(fetch|xmlhttprequest)$/.test(initiatorType));
    return [
      isInvalid && "i",
      busy?.matches(":disabled,[aria-busy=true],[aria-disabled=true]") && "b",
      fields.some(isShown) || "g",
      ...marks().filter((mark) => !before.has(mark)),
      ...requests.sort((one, other) => one.startTime - other.startTime).map(({ name, responseStatus }) => `${responseStatus ?? 0} ${name}`),
    ].filter((line) => typeof line === "string").join("\n");
  };
  return { signs, end: () => observer?.disconnect() };
}

/**
 * Calls `look` with the number of that form and what follows it, again and again, until that ends, with `signal` at the latest. An earlier
 * submission of the form is looked at no more.
 */
export function watch(followed, number, look, ms, signal) {
  if (!open.has(look)) open.set(look, new Map());
  const own = open.get(look);
  own.get(number)?.end();
  const { end } = followed;
  // A page may wrap its timers, and hand nothing on.
  const timer = setInterval(() => look(number, followed), ms);
  followed.end = () => {
    clearInterval(timer);
    own.delete(number);
    end();
  };
  own.set(number, followed);
  signal.addEventListener("abort", followed.end);
}

/** The page is left. */
export const lookAtAll = (look) => open.get(look)?.forEach((followed, number) => look(number, followed));

/** What is watched, by whoever looks at it: a page may have several trackers. */
const open = new WeakMap();

const isShown = (node) => ask(node, "getClientRects").length > 0;

// What is seen of an error: "m" and the words that say so, or "a" for an alert, and its text; or whose field it is, as what stands in a
// field is not read.
function markOf(node, word) {
  const matches = (selector) => ask(node, "matches", selector);
  if (!isShown(node) || matches("button,a")) return;
  const field = matches(FIELDS) ? node : ask(node, "querySelector", FIELDS);
  const text = field ? `field ${field.name || field.id}` : node.textContent.trim();
  // What was emptied is no mistake.
  const isWrong = node === field && !node.validity.valid && !node.validity.valueMissing;
  const words = isWrong || matches("[aria-invalid=true]") ? "invalid" : SAYING.slice(1, 3).map((name) => ask(node, "getAttribute", name)).join(" ").match(word)?.join();
  if (text && text.length < MOST_OF_MESSAGE && (words || matches("[role=alert]"))) return `${words ? "m" : "a"}${words} ${text.replace(/\s+/g, " ")}`;
}

/**
 * What was pressed, by the path of the event: a button, or the Enter key in a field. The form that it lies in, or the fields around it, and
 * what `Press` in `src/capture/attempt.rs` has of it.
 */
export function pressOf(path, isEnter) {
  const [target] = path;
  const button = isEnter ? target.matches?.("input") && target : path.find((node) => node.matches?.(BUTTONS));
  if (!button) return;
  const own = button.form ?? button.closest("form");
  let form = own ?? button.parentElement;
  const has = own ? "*" : isEnter ? BUTTONS : FIELDS;
  for (let up = 0; form && !ask(form, "querySelector", has); up++) form = up < MOST_UP && form.parentElement;
  if (!form || ask(form, "matches", "body")) return;
  const hasSubmit = ask(form, "querySelector", SUBMITS) !== null;
  const last = fieldsOf(form).at(-1);
  const isLast = last && (last === button || last.compareDocumentPosition(button) === Node.DOCUMENT_POSITION_FOLLOWING);
  const is = [own, isEnter ? hasSubmit : button.matches(SUBMITS), hasSubmit, isLast];
  return { form, button: isEnter ? undefined : button, is: is.reduce((bits, one, at) => bits + (one ? 1 << at : 0), 0) };
}

const BUTTONS = "button,[role=button],input:is([type=button],[type=submit],[type=image])";
const SUBMITS = "[type=submit],[type=image],button:not([type])";
const SAYING = ["name", "id", "class", "action", "aria-label"];
const FIELDS = "input,select,textarea";
const MOST_UP = 4;
const MOST_FIELDS = 5_000;

// A text that is longer is no message about a mistake.
const MOST_OF_MESSAGE = 300;

// As much of a text as the tracker reads, see `src/privacy/words.rs`.
const MOST_CHARACTERS = 5_000;
