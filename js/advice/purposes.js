// A rule whose purpose nobody can agree to.

import { named } from "./platforms.js";
import { shown } from "./shown.js";

export function* purposes({ consent, policy }) {
  const { name } = named(consent);
  const { is, words } = PURPOSES[name] ?? {};
  const { rules } = Object(policy);
  if (!is || !Array.isArray(rules)) return;
  for (const [at, rule] of rules.entries()) {
    const purpose = rule?.purpose;
    if (typeof purpose !== "string" || is.test(purpose)) continue;
    yield {
      setting: `policy.rules[${at}].purpose`,
      given: shown(purpose),
      wrong: `which ${name} asks nobody for: the rule allows nothing.`,
      mend: `name one of ${words}.`,
    };
  }
}

/** The purposes of the platforms whose words are not the site's own. */
const PURPOSES = {
  __proto__: null,
  cookiebot: { is: /^(preferences|statistics|marketing)$/, words: "preferences, statistics, marketing" },
  shopify: { is: /^(analytics|marketing|preferences|sale_of_data)$/, words: "analytics, marketing, preferences, sale_of_data" },
  tcf: { is: /^\d+$/, words: "TCF's purposes by their numbers, such as 1, 5 and 8" },
};
