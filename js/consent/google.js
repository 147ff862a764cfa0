// Google Consent Mode v2 (https://developers.google.com/tag-platform/security/guides/consent): the entries
// `consent, default | update, {…}` of the data layer, which are `arguments` objects. Tag Manager drops old entries, so each is
// looked at as it comes.
//
// A default of `denied` means that the visitor has yet to be asked, also where it is for some regions only: which region this
// is, Google knows and the page does not.

import { followLayer } from "../layer.js";

export default (changed, signal, { type = "analytics_storage", dataLayer = "dataLayer" }) => {
  const byDefault = {};
  const updates = {};
  const look = (entry) => {
    const [command, kind, states] = Array.from(Object(entry));
    if (command !== "consent") return;
    for (const [name, word] of Object.entries(Object(states))) {
      if (kind === "update") updates[name] = word;
      else if (byDefault[name] !== "denied") byDefault[name] = word;
    }
    changed();
  };

  followLayer(dataLayer, signal, look);
  return () => {
    if (updates[type] === "denied") return "denied";
    const states = { ...byDefault, ...updates };
    return states[type] === "granted" ? Object.keys(states).filter((name) => states[name] === "granted") : "unknown";
  };
};
