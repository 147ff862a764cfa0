// What a page says of its forms.

// What a form has by that name, or what its method of that name answers. It is the prototype's, because a field called `closest`
// hides the form's own.
export function ask(form, name, ...given) {
  const own = Reflect.get(HTMLFormElement.prototype, name, form);
  return typeof own === "function" ? Reflect.apply(own, form, given) : own;
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
export function fieldsOf(form) {
  /** @type {NodeListOf<HTMLInputElement>} */
  const all = ask(form, "getRootNode").querySelectorAll("input,select,textarea");
  const own = [...all].filter((field) => field.form === form);
  const label = (field) => [field.ariaLabel, field.placeholder, ...[...(field.labels ?? [])].map((one) => one.textContent)];
  return {
    fields: own.map((field) => [field.name, field.id, label(field).join(" "), field.type, field.getAttribute("autocomplete")]),
    read: (at) => (/^(checkbox|radio)$/.test(own[at].type) && !own[at].checked ? undefined : own[at].value),
  };
}
