// Without the session recorder, as its README says for whoever does not use that.
import mixpanel from "mixpanel-browser/src/loaders/loader-module-core";

mixpanel.init("bench", { api_host: window.collector, track_pageview: true, autocapture: false });

window.record = (product) => mixpanel.track("Product Viewed", product);
window.ready = true;
