import { init, track } from "@plausible-analytics/tracker";

init({ domain: "bench.example", endpoint: `${window.collector}/api/event`, captureOnLocalhost: true });

window.record = (props) => track("Product Viewed", { props });
window.ready = true;
