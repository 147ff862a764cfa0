// All that a person sees, and a browser knows, of a form's fields: what `src/privacy/field.rs` judges them by. Loaded where a policy keeps
// fields at all.

let ask;
let FIELDS;

/**
 * Reads each field's signs, in their order; `labels` has their labels, `asked` reads what a page's names hide, and `selector` finds
 * fields, see `src/browser/forms.js`.
 *
 * The work grows with the form.
 */
export function see(fields, labels, asked, selector) {
  ask = asked;
  FIELDS = selector;
  return fields.map((field) => describe(field, labels.get(field)));
}

// The property `autocomplete` knows fewer tokens than the standard in some browsers, and drops the others, so the attribute is read.
function describe(field, label) {
  const attribute = (name) => cut(field.getAttribute(name));
  return {
    label: seen(field, label).map(plain).join("\n"),
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

// The standard's attribute, and those that browsers had before.
const AUTOFILL = ["autocomplete", "x-autocompletetype", "autocompletetype"];
const SAID = ["placeholder", "aria-placeholder", "aria-roledescription", "title"];
const MOST_NAMED = 8;
const MOST_UP = 4;

// As much of a text as the tracker reads, see `src/privacy/words.rs`.
const MOST_CHARACTERS = 5_000;
