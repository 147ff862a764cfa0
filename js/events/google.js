// Google's events (https://developers.google.com/analytics/devguides/collection/ga4/reference/events): `gtag` pushes them as
// `arguments`, `event, name, {…}`, Tag Manager's sites as one object. Of what they carry, nothing is read but what is named here.

import { followLayer } from "../layer.js";

export default (heard, signal, { dataLayer = "dataLayer" }) => {
  const tell = (event, given, items) => {
    const { page_title: title, page_location: url, method, form_name, form_id } = Object(given);
    const form = form_name || form_id;
    if (event === "page_view") heard("pageView", { title, url });
    else if (event === "view_item") for (const { item_id: sku, item_name: name } of items ?? []) heard("productView", { sku, name });
    else if (event === "login") heard("login", { method });
    else if (event === "form_submit" || event === "generate_lead") heard("formSubmission", { form });
    else heard(event);
  };

  followLayer(dataLayer, signal, (entry) => {
    const [command, name, given] = Array.from(Object(entry));
    const { event, ecommerce, ...own } = Object(entry);
    if (command === "event") tell(name, given, given?.items);
    else if (event) tell(event, own, ecommerce?.items ?? own.items);
  });
};
