// IAB GPP: the real CMP API of `@iabgpp/cmpapi`, fed by a banner. In the United States a visitor opts out; in Europe, in.

import { CmpApi, CmpStatus, SignalStatus } from "@iabgpp/cmpapi";
import { banner, choice } from "./banner.js";

const SECTIONS = {
  usnat: { id: 7, field: "SaleOptOut", accepted: 2, rejected: 1 },
  tcfeuv2: { id: 2, field: "PurposeConsents", accepted: Array(24).fill(true), rejected: Array(24).fill(false) },
};
const name = document.documentElement.dataset.section;
const { id, field, accepted, rejected } = SECTIONS[name];

const api = new CmpApi(31, 1);
api.setApplicableSections([id]);
api.setCmpStatus(CmpStatus.LOADED);

function choose(value) {
  api.setSignalStatus(SignalStatus.NOT_READY);
  api.setFieldValue(name, field, value);
  choice.set(api.getGppString());
  api.fireSectionChange(name);
  api.setSignalStatus(SignalStatus.READY);
}

if (choice.get()) {
  api.setGppString(choice.get());
  api.setSignalStatus(SignalStatus.READY);
}
banner({ chosen: choice.get(), accept: () => choose(accepted), reject: () => choose(rejected) });
