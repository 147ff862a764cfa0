// Shopify's customer events (https://shopify.dev/docs/api/web-pixels-api/standard-events), as a web pixel hears them: in a
// frame of its own, so each event says where it happened. Of what it carries, nothing is read but what is named here.

export default (heard, signal, { analytics = window.analytics }) => {
  let page = {};
  analytics.subscribe("all_events", ({ name, data, context }) => {
    if (signal.aborted) return;
    page = context?.document ?? page;
    const { title, location } = page;
    const url = location?.href;
    if (name === "page_viewed") heard("pageView", { title, url });
    else if (name === "product_viewed") {
      const { sku, product } = data.productVariant;
      heard("productView", { name: product.title, sku, url });
    } else if (name === "form_submitted") heard("formSubmission", { form: data.element.id, url });
    else heard(name);
  });
};
