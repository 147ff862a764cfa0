// klaro, the real one: its configuration, which it reads as it loads. The service is on by default, which is no consent.

import { button } from "./banner.js";

window.klaroConfig = {
  acceptAll: true,
  storageMethod: "cookie",
  services: [{ name: "omneo", title: "Omneo", purposes: ["analytics"], default: true }],
  translations: { en: { ok: "Accept", acceptAll: "Accept", decline: "Reject", purposes: { analytics: "Analytics" } } },
  lang: "en",
};
document.body.append(button("Privacy choices", () => klaro.show(undefined, true)));
