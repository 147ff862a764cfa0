// One entry of what happens: what was decided of a record, how far it came, and what is in it.

import { make } from "../dom.js";
import { testOf } from "./test-of.js";
import { written } from "./text.js";
import { heading, stepOf, verdictOf } from "./words.js";

export class Item {
  #entry;
  #name = make("bdi", { part: "name" });
  #way = make("span", { part: "way" });
  #steps = make("ol", { part: "steps" });
  #details;

  constructor(entry) {
    this.#entry = entry;
    const summary = make("summary", {}, make("b", { part: `event ${entry.event}` }, entry.event), " ", this.#name, " ", this.#way);
    this.#details = make("details", { toggle: () => this.#open() }, summary);
    this.element = make("li", {}, this.#details);
  }

  /** Shows how far it came. */
  update() {
    const { steps } = this.#entry;
    // What an earlier page has recorded is known once it is delivered.
    this.#name.textContent = heading(this.#entry);
    this.#way.textContent = steps.map(({ step, status }) => (step === "answered" ? status || "no answer" : step)).join(" → ");
    this.#steps.replaceChildren(...steps.map((step) => make("li", {}, time(step.at), " ", stepOf(step))));
  }

  // Only when somebody wants to see it.
  #open() {
    if (!this.#details.open || this.#details.children.length > 1) return;
    const { record, at, event } = this.#entry;
    const verdict = verdictOf(this.#entry).map((said) => make("li", {}, said));
    this.#details.append(make("ul", { part: "verdict" }, ...verdict, make("li", {}, "at ", time(at), " UTC")), this.#steps);
    if (record) this.#details.append(make("pre", { part: "record" }, written(record)));
    if (record && (event === "recorded" || event === "refused")) this.#details.append(...this.#copy());
  }

  // What is copied is shown as well: not every page may write to the clipboard.
  #copy() {
    const said = make("span", { role: "status" });
    const code = make("pre", { part: "test", hidden: true });
    const copy = async () => {
      code.textContent = testOf(this.#entry);
      code.hidden = false;
      said.textContent = await navigator.clipboard.writeText(code.textContent).then(() => "Copied.", () => REFUSED);
    };
    const click = () => copy().catch(() => (said.textContent = REFUSED));
    return [make("p", {}, make("button", { type: "button", click }, "Copy as test"), " ", said), code];
  }
}

const REFUSED = "The browser lets this page copy nothing: select it here.";

const time = (at) => make("time", { datetime: new Date(at).toISOString() }, new Date(at).toISOString().slice(11, 23));
