// OneTrust after its developer documentation. Before a choice it lists what is on by default, here all of it.

import { banner, choice } from "./banner.js";

const ALL = ",C0001,C0002,C0003,C0004,";
const NECESSARY = ",C0001,";

window.OneTrust = {
  IsAlertBoxClosed: () => choice.get() !== "",
  UpdateConsent: (_kind, given) => choose(given.endsWith(":1")),
  Close: () => {},
};
window.OnetrustActiveGroups = choice.get() === "no" ? NECESSARY : ALL;

function choose(isAccepted) {
  choice.set(isAccepted ? "yes" : "no");
  window.OnetrustActiveGroups = isAccepted ? ALL : NECESSARY;
  dispatchEvent(new CustomEvent("OneTrustGroupsUpdated", { detail: window.OnetrustActiveGroups.split(",") }));
}

banner({ chosen: choice.get(), accept: () => choose(true), reject: () => choose(false) });
