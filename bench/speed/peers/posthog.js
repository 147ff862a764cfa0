import posthog from "posthog-js";

// A bare view and the site's own events: what else it would load from PostHog's servers is off.
posthog.init("bench", {
  api_host: window.collector,
  advanced_disable_flags: true,
  disable_external_dependency_loading: true,
  disable_surveys: true,
  disable_session_recording: true,
  opt_out_useragent_filter: true,
  autocapture: false,
});

window.record = (product) => posthog.capture("product viewed", product);
window.ready = true;
