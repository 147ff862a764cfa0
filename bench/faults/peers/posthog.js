import posthog from "posthog-js";

posthog.init("bench", {
  api_host: location.origin,
  advanced_disable_flags: true,
  disable_external_dependency_loading: true,
  disable_surveys: true,
  disable_session_recording: true,
  disable_compression: true,
  opt_out_useragent_filter: true,
  autocapture: false,
  capture_pageview: false,
  capture_pageleave: false,
});

window.visit = {
  record: (names) => names.forEach((name) => void posthog.capture(name)),
};
