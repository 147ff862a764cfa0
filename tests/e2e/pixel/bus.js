// The part of Shopify's Web Pixels API that a custom pixel finds in its frame, and a visit, in the shapes of
// https://shopify.dev/docs/api/web-pixels-api/standard-events
window.tell = (what) => parent.postMessage(what, "*");
addEventListener("unhandledrejection", ({ reason }) => window.tell(`unhandled: ${reason}`));
addEventListener("error", ({ message }) => window.tell(`error: ${message}`));

const listeners = [];
window.analytics = {
  subscribe: (name, listener) => {
    if (name === "all_events") listeners.push(listener);
    return Promise.resolve();
  },
};

window.init = { data: { customer: { id: "7001" } } };

// The storage of the storefront, which a pixel may ask for though it has none of its own.
window.browser = {
  localStorage: {
    getItem: (key) =>
      new Promise((answered) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = ({ data }) => answered(data);
        parent.postMessage({ getItem: key }, "*", [port2]);
      }),
  },
};

window.visit = () => {
  const location = { href: "https://fern.example/products/coat?utm_source=mail", origin: "https://fern.example", pathname: "/products/coat" };
  const context = { document: { title: "Coat", characterSet: "UTF-8", referrer: "", location }, navigator: {}, window: {} };
  const product = { id: "8266", title: "Coat", vendor: "Fern", type: "coats", url: "/products/coat", untranslatedTitle: "Coat" };
  const price = { amount: 129, currencyCode: "AUD" };
  const elements = [{ id: "mail", name: "contact[email]", tagName: "INPUT", type: "email", value: "ada@example.com" }];
  for (const [seq, [name, type, data]] of [
    ["page_viewed", "standard", {}],
    ["product_viewed", "standard", { productVariant: { id: "446", sku: "C-1", title: "M", image: null, price, product } }],
    ["form_submitted", "dom", { element: { id: "contact", action: "/contact", elements } }],
    ["checkout_completed", "standard", { checkout: { email: "ada@example.com", totalPrice: price } }],
  ].entries()) {
    const event = { id: `sh-${seq}`, clientId: "c", seq, timestamp: new Date().toISOString(), name, type, data };
    for (const listener of listeners) listener(type === "dom" ? event : { ...event, context });
  }
};
