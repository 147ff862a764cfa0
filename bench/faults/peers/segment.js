import { AnalyticsBrowser } from "@segment/analytics-next";

const analytics = AnalyticsBrowser.load(
  { writeKey: "bench", cdnSettings: { integrations: { "Segment.io": { apiKey: "bench" } } } },
  { integrations: { "Segment.io": { apiHost: `${location.host}/v1`, protocol: "http" } } },
);
await analytics.ready();

window.visit = {
  record: (names) => names.forEach((name) => void analytics.track(name)),
};
