// Options of a consent platform that it has not, or whose values it cannot read: no visitor's answer would say so.

import { OPTIONS, named } from "./platforms.js";
import { shown } from "./shown.js";

export function* options({ consent }) {
  const { name, options: given } = named(consent);
  if (!name) return;
  const known = OPTIONS[name];
  for (const [option, value] of Object.entries(given)) {
    const setting = `consent.${name}.${option}`;
    if (!known.includes(option)) {
      const mend = known.length > 0 ? `write ${known.join(", ")}, or leave it out.` : "leave it out.";
      yield { setting, given: `a ${typeof value}`, wrong: `but ${name} has no such option.`, mend };
    } else if (option === "purposes" && !isNumbers(value)) {
      const wrong = "which are no numbers: the visitor's answer stays unknown.";
      yield { setting, given: shown(value), wrong, mend: "write an array of numbers, such as [1, 5, 8]." };
    }
  }
}

const isNumbers = (value) => Array.isArray(value) && value.every((one) => typeof one === "number");
