// Who is measured: what each records by itself, and how it comes onto the page.

// The README's script tag; the third line is the bench's. A visitor's page is not on this machine, and has no advice on its settings.
const tag = (route, attributes) => `
    <script>if (typeof omneo !== "function") window.omneo = function () { (omneo.q = omneo.q || []).push(arguments) }</script>
    <script async src="/omneo/snippet.js" data-endpoint="{collector}" data-route="${route}" data-inspect="false" ${attributes}></script>
    <script>window.record = (product) => omneo("productView", product); omneo("on", "delivered", () => (window.ready = true))</script>`;

const ours = (route) => ({
  package: "omneo-interactions",
  kind: "ours",
  records: "a login, the page view, the site's own events; form submissions",
  head: tag(route, 'data-consent="granted" data-token-url="/token"'),
  // What the page says of other visitors. The others' tags know no difference, unless a platform holds them back until a consent.
  heads: {
    undecided: tag(route, 'data-token-url="/token"'),
    signedOut: tag(route, 'data-consent="granted" data-token-url="/nobody"'),
    signedIn: tag(route, 'data-consent="granted" data-token-url="/token" data-signed-in="true"'),
  },
});

const peer = (name, records, kind = "full") => ({
  kind,
  records,
  entry: `peers/${name}.js`,
  head: `<script type="module" async src="/tracker/${name}.js"></script>`,
});

const VIEW_AND_EVENTS = "the page view, the site's own events";

/** `full`: a tracker with queue, retries, sessions and identities; `light`: page counts and little else. */
export const TRACKERS = {
  none: { label: "no tracker", kind: "none", records: "", head: "" },
  me: { label: "omneo-interactions, direct", ...ours("me") },
  relay: { label: "omneo-interactions, relay", ...ours("relay") },
  snowplow: { label: "Snowplow", package: "@snowplow/browser-tracker", ...peer("snowplow", VIEW_AND_EVENTS) },
  segment: { label: "Segment", package: "@segment/analytics-next", ...peer("segment", VIEW_AND_EVENTS) },
  posthog: { label: "PostHog", package: "posthog-js", ...peer("posthog", `${VIEW_AND_EVENTS}; leaving the page`) },
  rudderstack: { label: "RudderStack", package: "@rudderstack/analytics-js", ...peer("rudderstack", VIEW_AND_EVENTS) },
  amplitude: { label: "Amplitude", package: "@amplitude/analytics-browser", ...peer("amplitude", VIEW_AND_EVENTS) },
  mixpanel: { label: "Mixpanel", package: "mixpanel-browser", ...peer("mixpanel", VIEW_AND_EVENTS) },
  plausible: { label: "Plausible", package: "@plausible-analytics/tracker", ...peer("plausible", VIEW_AND_EVENTS, "light") },
};
