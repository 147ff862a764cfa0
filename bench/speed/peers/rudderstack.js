// With its plugins in the bundle: otherwise it fetches them from RudderStack's servers, and without them it sends nothing.
import { RudderAnalytics } from "@rudderstack/analytics-js/bundled";

const source = { id: "bench", name: "bench", writeKey: "bench", enabled: true, config: { statsCollection: {} }, destinations: [] };
const analytics = new RudderAnalytics();
analytics.load("bench", window.collector, {
  configUrl: window.collector,
  // Otherwise asked of RudderStack's servers.
  getSourceConfig: () => ({ source: { ...source, workspaceId: "bench" } }),
});
analytics.page();

window.record = (product) => analytics.track("Product Viewed", product);
analytics.ready(() => (window.ready = true));
