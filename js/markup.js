// What a page says of its forms.

// Which form it is: its `name`, else its `id`; what people call it; and what it is for, where that is a `search` or a `dialog` that
// closes. Never what is in it.
//
// Read as attributes, because a field called `name` or `id` hides the property of its form.
export function whichForm(form, submitter) {
  const attribute = (name) => form.getAttribute(name) || "";
  const method = (submitter?.getAttribute("formmethod") || attribute("method") || "get").toLowerCase();
  const words = method === "get" ? ",[type=search],[name=q],[name=s],[name=query],[name=search]" : "";
  const isSearch = form.closest("search,[role=search]") || form.querySelector(`[type=search][name]${words}`);
  const purpose = method === "dialog" ? method : isSearch ? "search" : "";
  return [attribute("name") || attribute("id"), attribute("aria-label"), purpose];
}

// Its fields as their markup has them, without their values; and how to read the value of the one at a place, which only those
// that the policy keeps ever are. A box that is not ticked has none. The property `autocomplete` knows fewer tokens than the
// standard in some browsers, and drops the others, so the attribute is read.
export function fieldsOf(form) {
  /** @type {NodeListOf<HTMLInputElement>} */
  const all = form.getRootNode().querySelectorAll("input,select,textarea");
  const own = [...all].filter((field) => field.form === form);
  const label = (field) => [field.ariaLabel, field.placeholder, ...[...(field.labels ?? [])].map((one) => one.textContent)];
  return {
    fields: own.map((field) => [field.name, field.id, label(field).join(" "), field.type, field.getAttribute("autocomplete")]),
    read: (at) => (/^(checkbox|radio)$/.test(own[at].type) && !own[at].checked ? undefined : own[at].value),
  };
}
