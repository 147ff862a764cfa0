// Any other platform, by the recipe of three lines.

import { banner, choice } from "./banner.js";

const myPlatform = {
  answer: () => choice.get() || "unknown",
  choose(answer) {
    choice.set(answer);
    dispatchEvent(new Event("my-platform"));
  },
};

const { createTracker } = await import("/omneo/omneo-interactions.js");
const tracker = await createTracker({
  endpoint: "/",
  token: async () => {
    const answer = await fetch("/omneo/token");
    return answer.ok ? answer.json() : null;
  },
  consent: (changed, signal) => {
    addEventListener("my-platform", changed, { signal });
    return () => myPlatform.answer();
  },
});
window.omneo = (method, ...given) => tracker[method](...given);
banner({ chosen: choice.get(), accept: () => myPlatform.choose("granted"), reject: () => myPlatform.choose("denied") });
