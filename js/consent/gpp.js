// IAB GPP 1.1 (https://github.com/InteractiveAdvertisingBureau/Global-Privacy-Platform). Europe's and Canada's sections ask for
// consent, those of the United States tell who opted out; each section that is there must agree. Nothing in them counts before
// the signal is ready; where no section applies nobody is asked, and `elsewhere` counts.

export default (changed, signal, { purposes = [1, 5, 8], elsewhere = "granted" }) => {
  let answer = "unknown";
  let listens;

  const hear = ({ listenerId, pingData }) => {
    if (signal.aborted) return __gpp("removeEventListener", () => {}, listenerId);
    const { signalStatus, applicableSections, parsedSections } = pingData;
    if (signalStatus !== "ready") return;
    const sections = Object.values(parsedSections).flat();
    if (applicableSections.includes(-1)) answer = elsewhere;
    else if (sections.length) answer = sections.every(isFine) ? "granted" : "denied";
    changed();
  };

  const isFine = (section) => {
    const consents = section.PurposeConsents ?? section.PurposesExpressConsent;
    if (consents) return purposes.every((id) => consents[id - 1]);
    return !section.Gpc && !OPT_OUTS.some((name) => [1, "Y"].includes(section[name]));
  };

  return () => {
    // Throws where it is not there yet; it may answer at once, whereupon it is read again.
    const platform = __gpp;
    if (!listens) {
      listens = true;
      platform("addEventListener", hear);
    }
    return answer;
  };
};

const OPT_OUTS = ["SaleOptOut", "SharingOptOut", "TargetedAdvertisingOptOut", "OptOutSale"];
