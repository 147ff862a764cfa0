// A client-side-routed section: links change the address with `history.pushState`, and this script the page.
import { element } from "./dom.js";

const SEASONS = {
  "": ["Lookbook", "Four seasons by the hedgerow.", []],
  spring: ["Spring", "First warmth, bare ankles, linen before its time.", ["linen-wrap-dress", "canvas-plimsolls"]],
  summer: ["Summer", "Long evenings, salt on the collar.", ["evening-slip-dress", "garden-clogs"]],
  autumn: ["Autumn", "Wool again, and glad of it.", ["harbour-cardigan", "field-boots"]],
  winter: ["Winter", "Layers, and something hot to hold.", ["merino-crew", "lambswool-vest"]],
};
const main = document.querySelector("main");
let assisted = false;

addEventListener("popstate", () => show());
main.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='/lookbook/']");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState(null, "", link.href);
  show();
  // A new view begins at its heading, for eyes and for screen readers alike.
  main.querySelector("h1").focus();
  scrollTo(0, 0);
});
show();

function show() {
  const season = location.pathname.split("/")[2] ?? "";
  const [title, text, pieces] = SEASONS[season] ?? SEASONS[""];
  document.title = `${title} · Fern & Field`;
  main.replaceChildren(
    element("h1", { tabindex: "-1" }, title),
    element("p", { class: "lede" }, text),
    element("ul", { class: "grid" }, season && pieces.length ? pieces.map(piece) : seasons()),
    element("p", {}, season ? element("a", { href: "/lookbook/" }, "All seasons") : null),
    element("p", {}, ...(assisted ? farewell() : assistance())),
  );
}

// Clienteling, for demonstration: from here on, views in this tab carry staff and location, until Morgan leaves.
function assistance() {
  const begin = ({ target }) => {
    assisted = true;
    omneo("clienteling", { staffId: 501, locationId: 7 });
    target.replaceWith(...farewell());
  };
  return [element("button", { type: "button", class: "plain", click: begin }, "Look with Morgan, in the store")];
}

function farewell() {
  const note = element("span", { class: "note", role: "status" }, "With Morgan, at Collins Street.");
  const end = ({ target }) => {
    assisted = false;
    omneo("clienteling", null);
    note.remove();
    target.replaceWith(...assistance());
  };
  return [note, " ", element("button", { type: "button", class: "plain", click: end }, "Look alone")];
}

function seasons() {
  const { "": _, ...rest } = SEASONS;
  return Object.entries(rest).map(([handle, [title, text, [first]]]) =>
    element(
      "li",
      { class: "card" },
      element(
        "a",
        { href: `/lookbook/${handle}` },
        element("img", { class: "art", src: `/assets/art/${first}.svg`, alt: "", width: 400, height: 500 }),
        element("div", {}, element("h2", {}, title), element("p", {}, text)),
      ),
    ),
  );
}

function piece(handle) {
  const name = handle[0].toUpperCase() + handle.slice(1).replaceAll("-", " ");
  const art = element("img", { class: "art", src: `/assets/art/${handle}.svg`, alt: "", width: 400, height: 500 });
  return element("li", { class: "card" }, element("a", { href: `/products/${handle}.html` }, art, element("div", {}, element("h2", {}, name))));
}
