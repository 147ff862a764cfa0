import { AnalyticsBrowser } from "@segment/analytics-next";

const { host } = new URL(window.collector);
const analytics = AnalyticsBrowser.load(
  // Otherwise asked of Segment's servers.
  { writeKey: "bench", cdnSettings: { integrations: { "Segment.io": { apiKey: "bench" } } } },
  { integrations: { "Segment.io": { apiHost: `${host}/v1`, protocol: "http" } } },
);
analytics.page();

window.record = (product) => analytics.track("Product Viewed", product);
analytics.ready(() => (window.ready = true));
