import { createTracker } from "/omneo/entry.js";
import { expose } from "/omneo/testing.js";

const token = () => fetch("/omneo/token").then((answer) => (answer.ok ? answer.json() : null));
const tracker = createTracker({ endpoint: "/", token, consent: "granted" });
expose(tracker);
tracker.on("recorded", () => {
  throw new Error("what a site's listener throws");
});
