/** The rules that the tracker begins with, as a policy would have them; `tests/check` holds them against its verdicts. */
export const DEFAULTS = [
  { rule: "login", kind: ["login"], channel: ["website", "app"] },
  { rule: "clienteling", kind: ["pageView", "productView"], namespace: ["clienteling"] },
  { rule: "view", kind: ["pageView", "productView"] },
  { rule: "form", kind: ["formSubmission"] },
];
