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
 * its button say of themselves. Then its fields as their markup has them, without their values.
 *
 * The work grows with the form and with the labels of the page.
 */
export function markupOf(form, fields, submitter) {
  const attribute = (name) => ask(form, "getAttribute", name) || "";
  const around = ask(form, "parentElement");
  const labels = labelsOf(form);
  return {
    form: attribute("name") || attribute("id"),
    name: attribute("aria-label"),
    method: submitter?.getAttribute("formmethod") || attribute("method"),
    says: [...said(form), ...(around?.matches("body") === false ? said(around) : [])].join(" "),
    button: submitter ? [...said(submitter), submitter.value, submitter.textContent].join(" ") : "",
    isInSearch: ask(form, "closest", "search,[role=search]") !== null,
    fields: fields.map((field) => describe(field, labels.get(field))),
  };
}

/** The value of a field. A box that is not ticked has none. */
export const valueOf = ({ type, checked, value }) => (/^(checkbox|radio)$/.test(type) && !checked ? "" : value);

/**
 * Begins an adapter of embedded forms: `submitted` is called with which form it was, and what people call it, until `signal` is aborted.
 * Returns the selector of the forms that it speaks for.
 */
export const beginEmbed = (embed, submitted, signal) => embed((...told) => void (signal.aborted || submitted(...told)), signal);

// The property `autocomplete` knows fewer tokens than the standard in some browsers, and drops the others, so the attribute is read.
const describe = (field, label) => ({
  name: cut(field.name),
  id: cut(field.id),
  label: cut([field.ariaLabel, field.placeholder, label].join(" ")),
  kind: cut(field.type),
  autocomplete: cut(field.getAttribute("autocomplete")),
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

/**
 * What begins to see what becomes of a form that a script sends: the requests of the page's from now on. It reads what is seen then,
 * see `Signs` in `src/capture/attempt.rs`; `words` are those that tell of errors. `end` ends it.
 */
export function follow(form, words) {
  const began = performance.now();
  const root = ask(form, "getRootNode");
  const button = ask(form, "querySelector", SUBMITS);
  const fields = fieldsOf(form);
  const ended = [];
  let observer;
  try {
    observer = new PerformanceObserver((list) => ended.push(...list.getEntries()));
    observer.observe({ __proto__: null, type: "resource" });
  } catch {
    // Without, how requests end cannot be seen.
  }
  const word = new RegExp(`\\S*(${words})\\S*`, "gi");
  const marked = words.split("|").flatMap((one) => [`[class*=${one} i]`, `[id*=${one} i]`]);
  const selector = [...marked, ":invalid", "[aria-invalid=true]", "[role=alert]"].join();
  const begun = ({ initiatorType, startTime }) => startTime >= began && /^(fetch|xmlhttprequest)$/.test(initiatorType);
  return {
    read: (submitter) => ({
      isInvalid: Boolean(ask(form, "matches", "[novalidate]:invalid") || ask(form, "querySelector", "[aria-invalid=true]")),
      marks: [...ask(root, "querySelectorAll", selector)].map((node) => markOf(node, word)).filter(Boolean),
      isBusy: Boolean((submitter ?? button)?.matches(":disabled,[aria-busy=true],[aria-disabled=true]")),
      isGone: !fields.some(isShown),
      requests: (ended.push(...(observer?.takeRecords() ?? [])), ended)
        .filter(begun)
        .sort((one, other) => one.startTime - other.startTime)
        .map(({ name, responseStatus }) => ({ url: name, status: responseStatus })),
    }),
    end: () => observer?.disconnect(),
  };
}

const isShown = (node) => node.getClientRects().length > 0;

// What is seen of an error: the words that say so, and its text; or whose field it is, as what stands in a field is not read.
function markOf(node, word) {
  if (!isShown(node) || node.matches("button,a")) return;
  const field = node.matches(FIELDS) ? node : node.querySelector(FIELDS);
  const text = field ? `field ${field.name || field.id}` : node.textContent.trim();
  const words = [node.getAttribute("class"), node.id].join(" ").match(word) ?? [];
  const { validity } = node;
  // What was emptied is no mistake.
  if (node.matches("[aria-invalid=true]") || (node === field && !validity.valid && !validity.valueMissing)) words.push("invalid");
  if (text && text.length < MOST_CHARACTERS && (words.length || node.matches("[role=alert]"))) return [words.join(" "), text].join("\n");
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
  for (let up = 0; !own && form && !form.querySelector(isEnter ? BUTTONS : FIELDS); up++) form = up < MOST_UP && form.parentElement;
  if (!form || form.matches("body")) return;
  const hasSubmit = ask(form, "querySelector", SUBMITS) !== null;
  const last = fieldsOf(form).at(-1);
  const isLast = last && (last === button || last.compareDocumentPosition(button) === Node.DOCUMENT_POSITION_FOLLOWING);
  return { form, button: isEnter ? undefined : button, isInForm: Boolean(own), submits: isEnter ? hasSubmit : button.matches(SUBMITS), hasSubmit, isLast };
}

const BUTTONS = "button,[role=button],input:is([type=button],[type=submit],[type=image])";
const SUBMITS = "[type=submit],[type=image],button:not([type])";
const SAYING = ["name", "id", "class", "action", "aria-label"];
const FIELDS = "input,select,textarea";
const MOST_UP = 4;
const MOST_FIELDS = 5_000;

// As much of a name or label as the tracker reads, see `src/privacy/field.rs`.
const MOST_CHARACTERS = 300;
