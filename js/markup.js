// What a page says of its forms.

// What a form, or another node, has by that name; of a method, what that answers. It is the prototype's, because a field called
// `closest` hides the form's own.
export function ask(node, name, ...given) {
  const own = Reflect.get(Object.getPrototypeOf(node), name, node);
  return typeof own === "function" ? Reflect.apply(own, node, given) : own;
}

// Which form it is: its `name`, else its `id`; what people call it; and what it is for, where that is a `search` or a `dialog` that
// closes. Never what is in it.
export function whichForm(form, submitter) {
  const attribute = (name) => ask(form, "getAttribute", name) || "";
  const method = (submitter?.getAttribute("formmethod") || attribute("method") || "get").toLowerCase();
  const words = method === "get" ? ",[type=search],[name=q],[name=s],[name=query],[name=search]" : "";
  const isSearch = ask(form, "closest", "search,[role=search]") || ask(form, "querySelector", `[type=search][name]${words}`);
  const purpose = method === "dialog" ? method : isSearch ? "search" : "";
  return [attribute("name") || attribute("id"), attribute("aria-label"), purpose];
}

// Its fields as their markup has them, without their values; and how to read the value of the one at a place, which only those
// that the policy keeps ever are. A box that is not ticked has none. The property `autocomplete` knows fewer tokens than the
// standard in some browsers, and drops the others, so the attribute is read.
//
// The work grows with the form and with the labels of the page, and of a form without end it ends.
export function fieldsOf(form) {
  const own = [...ask(form, "elements")].filter((field) => field.matches("input,select,textarea")).slice(0, MOST_FIELDS);
  const labels = labelsOf(form);
  const textsOf = (field) => [
    field.name,
    field.id,
    [field.ariaLabel, field.placeholder, labels.get(field)].join(" "),
    field.type,
    field.getAttribute("autocomplete"),
  ];
  return {
    fields: own.map((field) => textsOf(field).map((text) => text?.slice(0, MOST_CHARACTERS))),
    read: (at) => (/^(checkbox|radio)$/.test(own[at].type) && !own[at].checked ? undefined : own[at].value),
  };
}

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
