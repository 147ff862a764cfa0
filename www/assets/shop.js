// What every page of the shop has: masthead, footer with the newsletter, the consent banner.
import { ask, beginConsent } from "./consent.js";
import { element } from "./dom.js";
import { shareEvents } from "./events.js";

const SECTIONS = [
  ["/dresses/", "Dresses"],
  ["/knitwear/", "Knitwear"],
  ["/shoes/", "Shoes"],
  ["/lookbook/", "Lookbook"],
  ["/account/", "Account"],
  ["/timeline/", "Timeline"],
  ["/privacy/", "Privacy"],
  ["/reports/", "Reports"],
];

document.body.prepend(element("a", { class: "skip", href: "#main" }, "Skip to content"), masthead());
document.body.append(footer());
beginConsent();
shareEvents();

function masthead() {
  const links = SECTIONS.map(([href, name]) => {
    const current = location.pathname.startsWith(href) ? "page" : null;
    return element("li", {}, element("a", { href, "aria-current": current }, name));
  });
  const nav = element("nav", { "aria-label": "Shop" }, element("ul", {}, links));
  return element("header", { class: "masthead" }, element("div", {}, element("a", { class: "brand", href: "/" }, "Fern & Field"), nav));
}

function footer() {
  const email = { id: "newsletter-email", type: "email", name: "email", autocomplete: "email", required: true };
  const form = element(
    "form",
    { id: "newsletter", name: "newsletter", "aria-label": "Newsletter", method: "post", action: "/shop/newsletter" },
    element("p", {}, element("label", { for: "newsletter-email" }, "E-mail address"), element("input", email)),
    element("button", {}, "Subscribe"),
  );
  return element(
    "footer",
    { class: "colophon" },
    element(
      "div",
      {},
      element("div", {}, element("h2", {}, "A letter, four times a year"), form),
      element(
        "div",
        {},
        element("h2", {}, "A demonstration"),
        element("p", { class: "note" }, "Fern & Field is a made-up brand. What it records of you stays in a file on this machine."),
        element("p", {}, element("a", { href: "/docs/" }, "How the tracker works")),
        element("button", { type: "button", class: "link", click: ask }, "Privacy choices"),
        " · ",
        element("button", { type: "button", class: "link", click: () => omneo("inspect") }, "What happens here"),
      ),
    ),
  );
}
