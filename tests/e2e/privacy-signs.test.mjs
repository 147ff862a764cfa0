// A field is what a person sees of it, whatever its name: each kind of sign, and texts normalised as the host's tests have them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { name, openBrowser } from "./browser.mjs";
import { BLANK, startSandbox } from "./sandbox.mjs";

const TERMS = "We need this to send your order, as the terms of sale say. ".repeat(8);

// Each form has one field, `f1`; the policy names it.
const REFUSED = {
  label: "<label for=a>Card number</label><input id=a name=f1>",
  "label by ARIA": "<div id=l2>Passport number</div><input name=f1 aria-labelledby=l2>",
  description: "<div id=l3>Card number</div><input name=f1 aria-label=Digits aria-describedby=l3>",
  placeholder: "<input name=f1 placeholder='Card number'>",
  title: "<input name=f1 title='Card number'>",
  legend: "<fieldset><legend>Credit card</legend><input name=f1></fieldset>",
  "text before it": "<p>Card number <input name=f1></p>",
  "text before what holds it": "<div>Card number</div><div><span><input name=f1></span></div>",
  "cell before it": "<table><tr><td>Card number:</td><td><input name=f1></td></tr></table>",
  "head of its column": "<table><tr><th>Size</th><th>Card number</th></tr><tr><td>38</td><td><input name=f1></td></tr></table>",
  "indented label": `<label>${" \n".repeat(400)}Card number<input name=f1></label>`,
  "label behind terms": `<label>${TERMS}Card number<input name=f1></label>`,
  "soft hyphens": "<label>Kredit&shy;karten&shy;nummer<input name=f1></label>",
  "accents apart": "<label>Nu\u0301mero do carta\u0303o<input name=f1></label>",
  "full width": "<label>ＰＩＮ<input name=f1></label>",
  "half width": "<label>ﾊﾟｽﾜｰﾄﾞ<input name=f1></label>",
  masking: "<input name=f1 data-masked>",
  "autofill as it was": "<input name=f1 x-autocompletetype=cc-number>",
  pattern: "<input name=f1 pattern='[0-9]{13,19}'>",
  id: "<input name=f1 id=ccnumber>",
};
const KEPT = {
  "another field's text": "<p>Card number <input name=other></p><p>Colour <input name=f1></p>",
  "a word of another meaning": "<label>Graphics card<input name=f1></label>",
  "text far above": "<p>Card number</p><section><div><div><div><div><input name=f1></div></div></div></div></section>",
};

test(`${name}: what a person sees of a field says whether it is kept`, async (t) => {
  const sandbox = await startSandbox(t, BLANK);
  const visitor = await openBrowser(t);
  await visitor.open(sandbox.url("/"));
  const kept = await visitor.run(
    `const [forms] = given;
     const { createTracker } = await import("/omneo/omneo-interactions.js");
     const policy = { rules: [{ rule: "f", form: ["f*"], fields: [{ name: "f1", personal: true }] }] };
     const capture = { pageViews: false, productViews: false, logins: false };
     const tracker = await createTracker({ endpoint: "/", token: () => null, policy, capture });
     String.prototype.normalize = () => "wrapped by the page";
     const kept = [];
     for (const [place, [sign, markup]] of forms.entries()) {
       // The browser sends it, so that nothing is waited for.
       document.body.innerHTML = "<iframe name=sink></iframe><form target=sink method=post id=f" + place + ">" + markup + "</form>";
       const form = document.forms[0];
       for (const field of form.querySelectorAll("input")) field.value = "4111111111111";
       for (const field of form.querySelectorAll("[data-masked]")) field.style.webkitTextSecurity = "disc";
       const heard = new Promise((resolve) => tracker.on("recorded", resolve));
       form.requestSubmit();
       const { record, dropped } = await heard;
       kept.push([sign, record.meta.fields?.f1 !== undefined, dropped?.[0]?.reason ?? ""]);
     }
     return kept;`,
    Object.entries({ ...REFUSED, ...KEPT }),
  );
  const wanted = [...Object.keys(REFUSED).map((sign) => [sign, false]), ...Object.keys(KEPT).map((sign) => [sign, true])];
  assert.deepEqual(kept.map(([sign, isKept]) => [sign, isKept]), wanted, JSON.stringify(kept));
  assert.equal(kept[0][2], 'a card or account, by the word "card": never kept.');
});
