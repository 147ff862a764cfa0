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
export const fieldsOf = (form) => [...ask(form, "elements")].filter((field) => field.matches(FIELDS)).slice(0, MOST_FIELDS);

/**
 * Which form it is: its `name`, else its `id`; what people call it; how it is sent, and whether it lies where people search. Then its
 * fields as their markup has them, without their values.
 *
 * The work grows with the form and with the labels of the page.
 */
export function markupOf(form, fields, submitter) {
  const attribute = (name) => ask(form, "getAttribute", name) || "";
  const labels = labelsOf(form);
  return {
    form: attribute("name") || attribute("id"),
    name: attribute("aria-label"),
    method: submitter?.getAttribute("formmethod") || attribute("method"),
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
function describe(field, label) {
  const attribute = (name) => cut(field.getAttribute(name));
  return {
    name: cut(field.name),
    id: cut(field.id),
    label: seen(field, label).map(plain).join("\n"),
    kind: cut(field.type),
    autocomplete: [...AUTOFILL.map(attribute)].join(" "),
    inputmode: attribute("inputmode"),
    pattern: attribute("pattern"),
    masked: !/^(none)?$/.test(getComputedStyle(field).getPropertyValue("-webkit-text-security")),
  };
}

// All that a person sees or hears of a field, text by text.
function seen(field, label) {
  const own = [label, field.ariaLabel, ...named(field, "aria-labelledby")];
  const around = [field.closest("fieldset")?.querySelector("legend")?.textContent, heading(field)];
  if (!own.some(Boolean)) around.push(before(field));
  const told = SAID.map((name) => field.getAttribute(name));
  return [...own, ...told, ...named(field, "aria-describedby"), ...around, field.name, field.id].filter(Boolean);
}

const named = (field, attribute) =>
  (field.getAttribute(attribute) ?? "").split(/\s+/, MOST_NAMED).map((id) => id && ask(field, "getRootNode").getElementById?.(id)?.textContent);

// The head of its column.
function heading(field) {
  const cell = field.closest("td");
  const head = cell?.closest("table")?.rows[0]?.cells[cell.cellIndex];
  return head !== cell && head?.textContent;
}

// The text before it, as far as the field before: beside it, or before what holds nothing but it.
function before(field) {
  for (let node = field, up = 0; up < MOST_UP && !node.matches("form"); node = node.parentElement, up++) {
    let text = "";
    for (let beside = node.previousSibling; beside; beside = beside.previousSibling) {
      if (isField(beside)) return text;
      text = `${beside.nodeType === Node.COMMENT_NODE ? "" : beside.textContent} ${text}`;
      if (text.length > MOST_CHARACTERS) return text.slice(-MOST_CHARACTERS);
    }
    if (text.trim() || !node.parentElement) return text;
  }
}

const isField = (node) => node.nodeType === Node.ELEMENT_NODE && (node.matches(FIELDS) || node.querySelector(FIELDS) !== null);

const cut = (text) => text?.slice(0, MOST_CHARACTERS) ?? "";

// Full and half width, and accents written apart, read alike (NFKC); a text counts without the space that its markup is indented with.
const plain = (text) => cut(Reflect.apply(normalize, cut(text.replace(/\s+/g, " ")), ["NFKC"]));

// Taken before the page can wrap it.
const { normalize } = String.prototype;

// What people call its fields. All labels in one pass, as a field's own `labels` walks over the whole page for each field.
function labelsOf(form) {
  const labels = new Map();
  for (const label of ask(ask(form, "getRootNode"), "querySelectorAll", "label")) {
    const { control } = label;
    if (control?.form === form) labels.set(control, `${labels.get(control) ?? ""}\n${label.textContent}`);
  }
  return labels;
}

const FIELDS = "input,select,textarea";
// The standard's attribute, and those that browsers had before.
const AUTOFILL = ["autocomplete", "x-autocompletetype", "autocompletetype"];
const SAID = ["placeholder", "aria-placeholder", "aria-roledescription", "title"];
const MOST_NAMED = 8;
const MOST_UP = 4;
const MOST_FIELDS = 5_000;

// As much of a text as the tracker reads, see `src/privacy/words.rs`.
const MOST_CHARACTERS = 5_000;
