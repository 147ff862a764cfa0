import { createTracker } from "/omneo/omneo-interactions.js";
import { expose } from "/omneo/testing.js";

const tracker = await createTracker({ endpoint: "/", token: () => null });
expose(tracker);
tracker.on("recorded", () => {
  throw new Error("what a site's listener throws");
});
