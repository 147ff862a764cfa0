// The shop's own consent banner. The choice is the shop's to keep, under `shop:consent`; the tracker hears of it and of
// nothing before it.
import { element } from "./dom.js";

const KEY = "shop:consent";

/** What the visitor has answered. */
export const answered = () => localStorage.getItem(KEY) ?? "unknown";

/** Keeps the visitor's answer, and tells the tracker. */
export function answer(choice) {
  localStorage.setItem(KEY, choice);
  omneo("consent", choice);
  document.querySelector(".consent")?.remove();
}

export function beginConsent() {
  const choice = localStorage.getItem(KEY);
  if (choice) omneo("consent", choice);
  else ask();
}

export function ask() {
  document.querySelector(".consent")?.remove();
  const banner = element(
    "section",
    { class: "consent", "aria-labelledby": "consent-title" },
    element(
      "div",
      {},
      element(
        "div",
        {},
        element("h2", { id: "consent-title", tabindex: "-1" }, "May we remember your visit?"),
        element(
          "p",
          { class: "note" },
          "When you are signed in, we note the pages and products you look at and which forms you send, to serve you better. Never what you type.",
        ),
      ),
      element(
        "div",
        { class: "choices" },
        element("button", { type: "button", click: () => choose("denied") }, "Decline"),
        element("button", { type: "button", click: () => choose("granted") }, "Accept"),
      ),
    ),
  );
  document.body.append(banner);
}

function choose(choice) {
  answer(choice);
  document.querySelector("main").focus();
}
