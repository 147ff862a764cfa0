// Forms of others, embedded in the page, whose submission no event of the page tells of.

// Written out one by one: so a bundler finds them, and a browser loads those that are named.
const EMBEDS = {
  hubspot: () => import("./forms/hubspot.js"),
  klaviyo: () => import("./forms/klaviyo.js"),
  mailchimp: () => import("./forms/mailchimp.js"),
  typeform: () => import("./forms/typeform.js"),
};

/** Whether each is a name or a function `(submitted, signal)`. */
export const areEmbeds = (forms) =>
  Array.isArray(forms) && forms.every((form) => typeof form === "function" || Object.hasOwn(EMBEDS, form));

/** What they name, loaded. */
export const embedsOf = (forms) =>
  Promise.all(forms.map(async (form) => (typeof form === "function" ? form : (await EMBEDS[form]()).default)));

export const ACCEPTED = `an array of ${Object.keys(EMBEDS).join(", ")} or functions`;
