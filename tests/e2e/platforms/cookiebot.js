// Cookiebot after its developer documentation: the object, and the events as the visitor answers and as a page finds an answer.

import { banner, choice } from "./banner.js";

window.Cookiebot = { hasResponse: false, consent: { necessary: true, preferences: false, statistics: false, marketing: false, method: null } };

function apply(isAccepted, ...events) {
  for (const category of ["preferences", "statistics", "marketing"]) Cookiebot.consent[category] = isAccepted;
  Object.assign(Cookiebot.consent, { method: "explicit" });
  Cookiebot.hasResponse = true;
  for (const event of [...events, isAccepted ? "CookiebotOnAccept" : "CookiebotOnDecline"]) dispatchEvent(new Event(event));
}

const choose = (isAccepted) => (choice.set(isAccepted ? "yes" : "no"), apply(isAccepted));
if (choice.get()) apply(choice.get() === "yes", "CookiebotOnConsentReady");
Cookiebot.submitCustomConsent = (_preferences, statistics) => choose(statistics);
banner({ chosen: choice.get(), accept: () => choose(true), reject: () => choose(false) });
