// Google Consent Mode v2 (https://developers.google.com/tag-platform/security/guides/consent): the entries
// `consent, default | update, {…}` of the data layer, which are `arguments` objects. Tag Manager drops old entries, so each is
// looked at as it comes.
//
// A default of `denied` means that the visitor has yet to be asked, also where it is for some regions only: which region this
// is, Google knows and the page does not.

export default (changed, signal, { type = "analytics_storage", dataLayer = "dataLayer" }) => {
  let byDefault;
  let update;
  const look = (entry) => {
    const [command, kind, state] = Array.from(Object(entry));
    const word = command === "consent" && state?.[type];
    if (!word) return;
    if (kind === "update") update = word;
    else if (byDefault !== "denied") byDefault = word;
    changed();
  };

  const layer = (window[dataLayer] ??= []);
  layer.forEach(look);
  const { push } = layer;
  layer.push = function (...entries) {
    const pushed = push.apply(this, entries);
    if (!signal.aborted) entries.forEach(look);
    return pushed;
  };
  return () => update ?? (byDefault === "granted" ? byDefault : "unknown");
};
