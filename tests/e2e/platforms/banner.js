// A consent banner as plain as can be, for what has none of its own: it asks until there is a choice, and again when asked to.

export function banner({ chosen, accept, reject }) {
  const choices = document.createElement("section");
  for (const [label, act] of Object.entries({ Accept: accept, Reject: reject })) {
    choices.append(button(label, () => (act(), choices.remove())));
  }
  document.body.append(button("Privacy choices", () => document.body.append(choices)));
  if (!chosen) document.body.append(choices);
}

export function button(label, act) {
  const button = document.createElement("button");
  button.textContent = label;
  button.addEventListener("click", act);
  return button;
}

/** Where a platform keeps the choice: a cookie, as most of them do. */
export const choice = {
  get: () => decodeURIComponent(/(?:^|; )choice=([^;]*)/.exec(document.cookie)?.[1] ?? ""),
  set: (text) => (document.cookie = `choice=${encodeURIComponent(text)}; path=/; SameSite=Lax`),
};
