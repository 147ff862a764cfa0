// The panel: a shadow root at the page's edge, which covers a part of it, and can be collapsed and closed. It listens to nothing of the
// page's, keeps nothing, and takes no focus by itself.

import { make } from "../dom.js";
import { Item } from "./item.js";
import { MOST } from "./log.js";
import { findings } from "./page.js";
import { settings } from "./settings.js";
import { sheet } from "./style.js";

export class Panel {
  #ended;
  #host = make("omneo-inspector");
  #items = new Map();
  #list = make("ol", { part: "entries", reversed: true });
  #status = make("p", { part: "status", role: "status" });
  #body;
  #toggle;
  #sections;
  #counts = { __proto__: null };
  /** The product of the page that is shown. */
  #product;
  #saying;

  /** `ended` is called once it is closed. */
  constructor(tracker, ended) {
    this.#ended = ended;
    const root = this.#host.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet()];
    this.#sections = [
      this.#section("The page", () => findings(tracker, this.#product)),
      this.#section("Settings", () => settings(tracker)),
    ];
    const events = make("details", { open: true }, make("summary", {}, "What happens"), this.#list);
    this.#body = make("div", { part: "body", id: "body" }, events, ...this.#sections);
    this.#toggle = make("button", { type: "button", "aria-controls": "body", "aria-expanded": "true", click: () => this.#expand(this.#body.hidden) }, "Collapse");
    const close = make("button", { type: "button", click: () => this.#close() }, "Close");
    const head = make("header", {}, make("h2", { id: "title" }, "Omneo inspector"), this.#status, this.#toggle, close);
    root.append(make("section", { part: "root", "aria-labelledby": "title", keydown: (event) => event.key === "Escape" && this.#escape() }, head, this.#body));
    this.#say();
    this.#attach();
  }

  /** Shows what is new of an entry. */
  show(entry) {
    if (!this.#items.has(entry)) this.#add(entry);
    this.#items.get(entry).update();
  }

  /** Shows all of it, where it was collapsed, or the page has taken it off. */
  expand() {
    this.#attach();
    this.#expand(true);
  }

  // Behind the body, which a router may put another in the place of.
  #attach() {
    Reflect.get(Document.prototype, "documentElement", document).append(this.#host);
  }

  #add(entry) {
    const item = new Item(entry);
    this.#items.set(entry, item);
    this.#list.prepend(item.element);
    this.#counts[entry.event] = (this.#counts[entry.event] ?? 0) + 1;
    // A burst is one sentence.
    this.#saying ??= setTimeout(() => this.#say(), SAID_MS);
    for (const [known, { element }] of [...this.#items].slice(0, -MOST)) {
      this.#items.delete(known);
      element.remove();
    }
    if (entry.kind === "pageView") this.#product = undefined;
    if (entry.kind === "productView") this.#product = entry;
    for (const section of this.#sections) if (section.open && entry.kind?.endsWith("View")) section.dispatchEvent(new Event("toggle"));
  }

  #say() {
    this.#saying = undefined;
    const counts = Object.entries(this.#counts).map(([event, count]) => `${count} ${event}`);
    this.#status.textContent = counts.join(", ") || "Nothing happened yet.";
  }

  // What it has is found whenever it is opened.
  #section(name, find) {
    const content = make("div", {});
    const look = () => section.open && content.replaceChildren(find());
    const again = make("button", { type: "button", click: look }, "Look again");
    const section = make("details", { toggle: look }, make("summary", {}, name), content, again);
    return section;
  }

  #expand(isOpen) {
    this.#body.hidden = !isOpen;
    this.#toggle.textContent = isOpen ? "Collapse" : "Expand";
    this.#toggle.setAttribute("aria-expanded", `${isOpen}`);
  }

  #escape() {
    this.#expand(false);
    this.#toggle.focus();
  }

  #close() {
    clearTimeout(this.#saying);
    this.#host.remove();
    this.#ended();
  }
}

const SAID_MS = 500;
