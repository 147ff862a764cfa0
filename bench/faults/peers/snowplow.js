import { newTracker, trackStructEvent } from "@snowplow/browser-tracker";

newTracker("bench", location.origin, { appId: "bench" });

window.visit = {
  record: (names) => names.forEach((action) => trackStructEvent({ category: "bench", action })),
};
