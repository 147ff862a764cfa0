import { init, track } from "@amplitude/analytics-browser";

// A page view and the site's own events: no configuration from Amplitude's servers.
init("bench", undefined, {
  serverUrl: `${window.collector}/2/httpapi`,
  fetchRemoteConfig: false,
  remoteConfig: { fetchRemoteConfig: false },
  autocapture: { pageViews: true },
});

window.record = (product) => track("Product Viewed", product);
window.ready = true;
