// IAB TCF 2.2 and later (https://github.com/InteractiveAdvertisingBureau/GDPR-Transparency-and-Consent-Framework). A brand's own
// records are the publisher's: where the platform asks for the publisher, that answer counts, unless the site names a vendor.
//
// While the dialog is open, what is in it is no answer. Where the GDPR does not apply nobody is asked, and `elsewhere` counts.

export default (changed, signal, { purposes = [1, 5, 8], vendor, publisher = !vendor, elsewhere = "granted" }) => {
  /** @type {string | string[]} */
  let answer = "unknown";
  let listens;

  const hear = (data, success) => {
    if (signal.aborted) return __tcfapi("removeEventListener", 2, () => {}, data?.listenerId);
    if (!success || data.eventStatus === "cmpuishown") return;
    if (data.gdprApplies === false) answer = elsewhere;
    else if (data.gdprApplies) answer = agreed(data);
    changed();
  };

  const agreed = ({ purpose, publisher: own, vendor: vendors }) => {
    const consents = publisher && Object.keys(Object(own?.consents)).length ? own.consents : purpose.consents;
    // 1: with consent only; what other restrictions there are rule it out.
    const isOpen = (id) => !vendor || [undefined, 1].includes(own?.restrictions?.[id]?.[vendor]);
    const isNamed = !vendor || (vendors.consents[vendor] && vendors.disclosedVendors?.[vendor] !== false);
    const open = Object.keys(consents).filter((id) => consents[id] && isOpen(id));
    return isNamed && purposes.every((id) => open.includes(`${id}`)) ? open : "denied";
  };

  return () => {
    // The platform may come later than this, which then throws; and may answer at once, whereupon it is read again.
    const platform = __tcfapi;
    if (!listens) {
      listens = true;
      platform("addEventListener", 2, hear);
    }
    return answer;
  };
};
