// What a signed-in customer thinks of a product: one of three answers, and no text. A rule of the shop's own allows the record, in
// the tag's `data-policy`. A score would be a Rating, which has a model of its own in Omneo.
import { element } from "./dom.js";
import { signedIn } from "./session.js";

const NAMESPACE = "product-review";
const DECLINED = "Your review is not noted: you, or your browser, declined that we remember your visit.";
const ANSWERS = [
  [1, "I love it"],
  [0, "It is all right"],
  [-1, "Not for me"],
];

/** Asks below the product, where somebody is signed in. */
export async function askForReview({ productId, name }) {
  if (!(await signedIn())) return;
  const said = element("p", { class: "note", role: "status", id: "review-said" });
  const choices = ANSWERS.map(([signal, text]) =>
    element("label", {}, element("input", { type: "radio", name: "review", value: signal }), element("span", {}, text)),
  );
  const review = element(
    "section",
    { id: "review", "aria-labelledby": "review-title" },
    element("h2", { id: "review-title" }, "What do you think of it?"),
    element("p", { class: "note" }, "We note which of these you choose, and for which product. The first review of a month is worth 50 points."),
    element("fieldset", {}, element("legend", {}, "Your review"), element("div", { class: "sizes" }, choices)),
    element("button", { type: "button", click: send }, "Send review"),
    said,
  );
  document.getElementById("main").append(review);
  let isOnItsWay = false;
  omneo("on", "recorded", ({ record }) => tell(record, "Thank you. Your review is noted."));
  omneo("on", "refused", ({ record, rule }) => tell(record, rule === "consent-denied" ? DECLINED : `Your review is not noted (${rule}).`));

  function send() {
    const chosen = review.querySelector("input:checked");
    said.textContent = chosen ? "Your review is noted as soon as you agree that we remember your visit." : "Choose one of the three first.";
    if (!chosen) return;
    isOnItsWay = true;
    const signal = Number(chosen.value);
    omneo("record", { action: "feedback", channel: "website", signal, name: `Reviewed product: ${name}`, namespace: NAMESPACE, product_id: Number(productId) });
  }

  // Where somebody declined, the tracker never loads, and what is refused has no record to know it by.
  function tell(record, text) {
    if (!isOnItsWay || (record && record.namespace !== NAMESPACE)) return;
    isOnItsWay = false;
    said.textContent = text;
  }
}
