// Shopify's Customer Privacy API (https://shopify.dev/docs/api/customer-privacy). `analyticsProcessingAllowed()` is true while
// nothing is known of the visitor, so it counts only once that has loaded.

export default (changed, signal) => {
  for (const event of ["consentTrackingApiLoaded", "visitorConsentCollected"]) document.addEventListener(event, changed, { signal });
  let asked;
  return () => {
    // Before it is asked: its answer may come at once, and asks again here.
    if (!asked) (asked = Shopify.loadFeatures).call(Shopify, [{ name: "consent-tracking-api", version: "0.1" }], changed);
    const { customerPrivacy } = Shopify;
    if (customerPrivacy?.consentStatus !== "loaded") return "unknown";
    const { analytics } = customerPrivacy.currentVisitorConsent();
    if (analytics === "no") return "denied";
    if (!customerPrivacy.analyticsProcessingAllowed()) return "unknown";
    return Object.keys(ALLOWED).filter((purpose) => customerPrivacy[ALLOWED[purpose]]?.());
  };
};

const ALLOWED = {
  analytics: "analyticsProcessingAllowed",
  marketing: "marketingAllowed",
  preferences: "preferencesProcessingAllowed",
  sale_of_data: "saleOfDataAllowed",
};
