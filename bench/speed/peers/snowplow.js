import { newTracker, trackPageView, trackSelfDescribingEvent } from "@snowplow/browser-tracker";

newTracker("bench", window.collector, { appId: "bench" });
trackPageView();

window.record = (data) => trackSelfDescribingEvent({ event: { schema: "iglu:com.bench/product_view/jsonschema/1-0-0", data } });
window.ready = true;
