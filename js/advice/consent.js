// Who knows the visitor's answer. `seen.platforms` are those that are on the page, once it has loaded.

import { named } from "./platforms.js";
import { shown } from "./shown.js";

export function* consent({ consent: given }, { platforms }) {
  if (!platforms) return;
  const { name, options } = named(given);
  // What every Shopify theme has asks only some visitors.
  const others = platforms.filter((one) => one !== name && one !== "shopify");
  // Google's asks nobody by itself.
  const asking = others.filter((one) => one !== "google");
  const isFixed = given === "granted" || Array.isArray(given);
  if (name === "remember" && asking.length > 0) yield twice(asking);
  else if (isFixed && asking.length > 0) yield unasked(given, asking);
  // Of a data layer with a name of its own, `layer.js` tells.
  else if (name && name !== "remember" && !platforms.includes(name) && !options.dataLayer) yield absent(name, others);
}

const twice = (asking) => ({
  setting: "consent",
  given: '"remember"',
  wrong: `but ${asking.join(" and ")} asks on this page too: visitors are asked twice.`,
  mend: `set it to "${asking[0]}".`,
});

const unasked = (given, [first]) => ({
  setting: "consent",
  given: shown(given),
  wrong: `but ${first}, which is on this page, is not asked: who declines there is recorded all the same.`,
  mend: `set it to "${first}".`,
});

const absent = (name, [other]) => ({
  setting: "consent",
  given: shown(name),
  wrong: `but no ${name} is on this page: the visitor's answer stays unknown, and nothing is recorded.`,
  mend: other ? `set it to "${other}", which is.` : `put ${name} on the page, or name the platform that is there.`,
});
