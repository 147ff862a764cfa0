// Which products a page is seen to show.

// Starts a tracker and answers the views of products that it recorded. The page's own view comes first; what reads the other kinds
// of markup has been loaded when the page has it as well.
export const SEE = `
  const { createTracker } = await import("/omneo/omneo-interactions.js");
  const tracker = await createTracker({ endpoint: "/", token: () => null, ...given[0] });
  const seen = [];
  for (const event of ["recorded", "failed"]) tracker.on(event, (detail) => seen.push([event, detail]));
  while (!seen.some(([, { kind }]) => kind === "pageView")) await new Promise((later) => setTimeout(later));
  await import("/omneo/product-markup.js");
  await new Promise((later) => setTimeout(later));
  tracker.stop();
  const failures = seen.filter(([event]) => event === "failed").map(([, { reason }]) => reason);
  return { failures, views: seen.filter(([, { kind }]) => kind === "productView").map(([, { record }]) => record) };`;

/** The product of a record, as `want` has it. */
export function told({ name, meta, ...record }) {
  const { sku, gtin } = meta;
  const ids = Object.entries(record).filter(([field]) => field.startsWith("product_"));
  const what = { name: /^Viewed product: (.*)/.exec(name)?.[1], sku, gtin };
  return { ...Object.fromEntries(Object.entries(what).filter(([, text]) => text !== undefined)), ...Object.fromEntries(ids) };
}
