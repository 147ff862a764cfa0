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
 * fields as their markup has them, without their values; all that a person sees of them by `see`, where the policy keeps fields at all.
 */
export function markupOf(form, fields, submitter, see) {
  const attribute = (name) => ask(form, "getAttribute", name) || "";
  const seen = see?.(form, fields, ask, FIELDS);
  return {
    form: attribute("name") || attribute("id"),
    name: attribute("aria-label"),
    method: submitter?.getAttribute("formmethod") || attribute("method"),
    isInSearch: ask(form, "closest", "search,[role=search]") !== null,
    fields: fields.map(({ name, id, type }, at) => ({ name: cut(name), id: cut(id), kind: cut(type), ...seen?.[at] })),
  };
}

/** The value of a field. A box that is not ticked has none. */
export const valueOf = ({ type, checked, value }) => (/^(checkbox|radio)$/.test(type) && !checked ? "" : value);

/**
 * Begins an adapter of embedded forms: `submitted` is called with which form it was, and what people call it, until `signal` is aborted.
 * Returns the selector of the forms that it speaks for.
 */
export const beginEmbed = (embed, submitted, signal) => embed((...told) => void (signal.aborted || submitted(...told)), signal);

const cut = (text) => text.slice(0, MOST_CHARACTERS);

const FIELDS = "input,select,textarea";
const MOST_FIELDS = 5_000;

// As much of a text as the tracker reads, see `src/privacy/words.rs`.
const MOST_CHARACTERS = 5_000;
