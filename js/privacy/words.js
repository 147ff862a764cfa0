// The words, in the customer's language: English is at hand, the others are a file each.

import english from "../languages/en.js";

const FILES = {
  ar: () => import("../languages/ar.js"),
  de: () => import("../languages/de.js"),
  es: () => import("../languages/es.js"),
  fr: () => import("../languages/fr.js"),
  it: () => import("../languages/it.js"),
  ja: () => import("../languages/ja.js"),
};

const RIGHT_TO_LEFT = /^(ar|dv|fa|he|ku|ps|sd|ug|ur|yi)\b/;

/**
 * The words in the language of the element or of what is around it: `{language, direction, text}`. `own` are the site's, for a language
 * that is not here, or in place of some of ours.
 */
export async function wordsFor(element, own) {
  const asked = element.closest("[lang]")?.lang || navigator.language || "en";
  const short = asked.split("-")[0].toLowerCase();
  const loaded = Object.hasOwn(FILES, short) ? await FILES[short]().catch(() => {}) : undefined;
  const isOurs = loaded || own || short === "en";
  // Of a language that is written without its country, the browser may know which.
  const regional = navigator.languages.find((one) => asked === short && one.startsWith(`${short}-`));
  const language = isOurs ? (regional ?? asked) : "en";
  const text = { ...english, ...loaded?.default, ...own };
  return { language, direction: RIGHT_TO_LEFT.test(language) ? "rtl" : "ltr", text };
}

/** How dates and numbers are written in that language; in English where the browser does not know such a language. */
export function formats(language) {
  const make = (Format, options) => {
    try {
      return new Format(language, options);
    } catch {
      return new Format("en", options);
    }
  };
  const { NumberFormat, DateTimeFormat } = Intl;
  const [number, day, time] = [make(NumberFormat), make(DateTimeFormat, { dateStyle: "full" }), make(DateTimeFormat, { timeStyle: "short" })];
  return {
    number: (given) => number.format(given),
    day: (at) => day.format(at),
    time: (at) => time.format(at),
  };
}
