// What the site emits already, where it says to whom.

// Written out one by one: so a bundler finds them, and a browser loads those that are named.
const SOURCES = {
  google: () => import("./events/google.js"),
  shopify: () => import("./events/shopify.js"),
};

/** The sources that the setting names, each a function `(heard, signal)`; null for one that nobody knows. */
export function eventSources(events) {
  const named = Array.isArray(events) || typeof events !== "object" ? [events ?? []].flat().map((one) => [one]) : Object.entries(events ?? {});
  return Promise.all(
    named.map(async ([one, options]) => {
      if (typeof one === "function") return one;
      if (!Object.hasOwn(SOURCES, one)) return null;
      const { default: source } = await SOURCES[one]();
      return (heard, signal) => source(heard, signal, Object(options));
    }),
  );
}
