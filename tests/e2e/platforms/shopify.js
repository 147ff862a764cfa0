// Shopify's Customer Privacy API after its documentation, on a storefront in a region where consent is asked for.

import { banner, choice } from "./banner.js";

window.Shopify = {
  loadFeatures(features, done) {
    queueMicrotask(() => {
      Shopify.customerPrivacy = {
        consentStatus: "loaded",
        currentVisitorConsent: () => ({ marketing: "", analytics: choice.get(), preferences: "", sale_of_data: "" }),
        analyticsProcessingAllowed: () => choice.get() === "yes",
        marketingAllowed: () => false,
        preferencesProcessingAllowed: () => choice.get() === "yes",
        saleOfDataAllowed: () => false,
        shouldShowBanner: () => !choice.get(),
        setTrackingConsent({ analytics }, done) {
          choice.set(analytics ? "yes" : "no");
          document.dispatchEvent(new CustomEvent("visitorConsentCollected", { detail: { analyticsAllowed: analytics } }));
          done();
        },
      };
      document.dispatchEvent(new Event("consentTrackingApiLoaded"));
      done();
    });
  },
};

const choose = (analytics) => Shopify.customerPrivacy.setTrackingConsent({ analytics }, () => {});
Shopify.loadFeatures([{ name: "consent-tracking-api", version: "0.1" }], () => {
  banner({ chosen: !Shopify.customerPrivacy.shouldShowBanner(), accept: () => choose(true), reject: () => choose(false) });
});
