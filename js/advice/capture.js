// What rests on a part of `capture` that is switched off. `durations` do not rest on `pageViews`: a call's view has one too.

import { shown } from "./shown.js";

export function* capture(given) {
  const { productViews, forms } = Object(given.capture);
  if (given.product && productViews === false) {
    yield {
      setting: "product",
      given: shown(given.product),
      wrong: "but is never asked, as `capture.productViews` is false.",
      mend: "leave one of the two out.",
    };
  }
  if (forms === false && [given.forms ?? []].flat().length > 0) {
    yield {
      setting: "forms",
      given: named(given.forms),
      wrong: "but none is followed, as `capture.forms` is false.",
      mend: "leave one of the two out.",
    };
  }
  const at = forms === false ? rulesOf(given).findIndex((rule) => rule?.fields?.length > 0) : -1;
  if (at >= 0) {
    yield {
      setting: `policy.rules[${at}].fields`,
      given: shown(rulesOf(given)[at].fields),
      wrong: "but no field of a form is read, as `capture.forms` is false.",
      mend: "leave one of the two out.",
    };
  }
}

const rulesOf = ({ policy }) => [Object(policy).rules ?? []].flat();

const named = (forms) => [forms].flat().map(shown).join(", ");
