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
export const fieldsOf = (form) => [...ask(form, "elements")].filter((field) => field.matches("input,select,textarea")).slice(0, MOST_FIELDS);

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
    if (control?.form === form) labels.set(control, `${labels.get(control) ?? ""} ${label.textContent}`);
  }
  return labels;
}

const MOST_FIELDS = 5_000;

// As much of a name or label as the tracker reads, see `src/privacy/field.rs`.
const MOST_CHARACTERS = 300;
