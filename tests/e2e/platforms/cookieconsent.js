// vanilla-cookieconsent, the real one, set up as its documentation does for a page without a bundler.

import { button } from "./banner.js";

CookieConsent.run({
  // Else it does not show itself to a browser that a test drives.
  hideFromBots: false,
  categories: { necessary: { enabled: true, readOnly: true }, analytics: {} },
  language: {
    default: "en",
    translations: {
      en: {
        consentModal: { title: "We use cookies", description: "To see which pages are looked at.", acceptAllBtn: "Accept", acceptNecessaryBtn: "Reject" },
        preferencesModal: { title: "Choices", acceptAllBtn: "Accept", acceptNecessaryBtn: "Reject", sections: [] },
      },
    },
  },
});
document.body.append(
  button("Privacy choices", () => CookieConsent.show(true)),
  // Tells nobody; the dialog opens again with the next page.
  button("Forget my choice", () => CookieConsent.reset(true)),
);
