// IAB TCF: the real CMP API of `@iabtechlabtcf/cmpapi`, fed by a banner, and the stub that stands in until it has loaded.

import { CmpApi } from "@iabtechlabtcf/cmpapi";
import { GVL, TCModel, TCString } from "@iabtechlabtcf/core";
import { banner, choice } from "./banner.js";
import { vendorList } from "./vendor-list.js";

const api = new CmpApi(31, 1, true);
const show = () => api.update(choice.get(), true);

function choose(purposes) {
  const model = new TCModel(new GVL(vendorList));
  Object.assign(model, { cmpId: 31, cmpVersion: 1, isServiceSpecific: true });
  model.purposeConsents.set(purposes);
  choice.set(TCString.encode(model));
  api.update(choice.get(), false);
}

if (choice.get()) api.update(choice.get(), false);
else show();
banner({ chosen: choice.get(), accept: () => choose([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), reject: () => choose([]) });
