// What the customer sees: built once for a language, and changed from then on. Each state has a sentence, which a screen reader says.

import { ask } from "./dialog.js";
import { make, pieces } from "../dom.js";
import { List } from "./list.js";
import { sentenceOf } from "./sentence.js";
import { sheet } from "./style.js";
import { formats } from "./words.js";

/** What is there in each state, besides its sentence. */
const STATES = {
  loading: ["progress"],
  reading: ["tools", "list", "progress"],
  ready: ["tools", "list"],
  empty: [],
  signedOut: ["signIn", "retry"],
  offline: ["retry"],
  failed: ["retry"],
  deleting: ["progress", "stop"],
  notAllDeleted: ["retry", "stop"],
};

/** So often at most a sentence is said anew that only counts on. */
const SAID_MS = 3_000;

export class View {
  state;
  #text;
  #format;
  #parts = {};
  #list;
  #actions;
  #saidAt = 0;
  #later;

  constructor(shadow, words, actions) {
    this.#text = words.text;
    this.#format = formats(words.language);
    this.#actions = actions;
    shadow.adoptedStyleSheets = [sheet()];
    shadow.replaceChildren(this.#build(words));
  }

  #build({ language, direction }) {
    const { retry, stop, search, older } = this.#actions;
    const part = (name, made) => (this.#parts[name] = made);
    this.#list = new List({
      text: this.#text,
      format: this.#format,
      older,
      search,
      sentence: (record, isText) => this.#sentence(record, isText),
      remove: (entry) => this.#actions.remove(entry, this.#confirm("remove", this.sentence(entry.record), this.#text.removeText)),
      shown: (values) => this.show(values.total || values.isSearch ? "ready" : "empty", values),
    });
    return part(
      "root",
      make(
        "div",
        { part: "root", lang: language, dir: direction },
        make("h2", { part: "title" }, this.#text.title),
        make(
          "section",
          { part: "section", "aria-labelledby": "what" },
          make("h3", { part: "heading", id: "what" }, this.#text.what),
          make("p", {}, this.#text.intro),
          part("rules", make("ul", { part: "rules" })),
          make("p", { part: "note" }, this.#text.never),
          make("slot", { name: "why" }),
          part("answer", make("p", { part: "answer", role: "status" })),
          part("answers", make("div", { part: "buttons" })),
        ),
        make(
          "section",
          { part: "section", "aria-labelledby": "records" },
          part("heading", make("h3", { part: "heading", id: "records", tabindex: "-1" }, this.#text.records)),
          part("status", make("p", { part: "status", role: "status" })),
          part("progress", make("progress", { part: "progress", "aria-labelledby": "records" })),
          part("signIn", make("slot", { name: "signed-out" })),
          part("retry", this.#button("retry", retry)),
          part("stop", this.#button("stop", stop)),
          part("tools", this.#tools()),
          part("list", this.#list.root),
        ),
      ),
    );
  }

  #tools() {
    const all = this.#button("removeAll", () => this.#actions.removeAll(this.#confirm("removeAll", this.#text.removeAllText, this.#text.removeAllNot)), "danger");
    const downloads = ["json", "csv"].map((kind) => this.#button(kind, () => this.#actions.download(kind)));
    return make("div", { part: "tools" }, this.#list.search, make("div", { part: "buttons" }, downloads, all));
  }

  #button(key, click, kind = "") {
    return make("button", { type: "button", part: `button ${kind}`, click }, this.#text[key]);
  }

  /** Shows a state, and says its sentence. What is none, is only said. */
  show(state, values = {}) {
    if (!STATES[state]) return this.say(state, values);
    const isNew = state !== this.state;
    this.state = state;
    this.#parts.root.dataset.state = state;
    for (const name of OPTIONAL) this.#parts[name].hidden = !STATES[state].includes(name);
    const { n, total } = values;
    if (total) Object.assign(this.#parts.progress, { max: total, value: n ?? 0 });
    else this.#parts.progress.removeAttribute("value");
    const say = () => this.say(values.isSearch && !total ? "nothing" : state, values);
    if (isNew || values.from) return say();
    clearTimeout(this.#later);
    this.#later = setTimeout(say, this.#saidAt + SAID_MS - Date.now());
  }

  /** Says a sentence, and leaves what is shown. */
  say(key, values = {}) {
    clearTimeout(this.#later);
    this.#saidAt = Date.now();
    const { number, time } = this.#format;
    const written = Object.entries(values).map(([name, value]) => {
      return [name, name === "until" ? time(value) : typeof value === "number" && name !== "why" ? number(value) : `${value}`];
    });
    const { until, ...others } = Object.fromEntries(written);
    const sentence = pieces(this.#text[key], { time: until, ...others }).join("");
    if (this.#parts.status.textContent !== sentence) this.#parts.status.textContent = sentence;
  }

  /** Shows records; `isPart`: more are being read. */
  list(records, isPart) {
    this.#list.show(records, isPart);
  }

  /** Nothing of a customer is left. */
  clear() {
    this.state = undefined;
    clearTimeout(this.#later);
    this.#parts.root.querySelector("dialog")?.close();
    this.#parts.status.textContent = "";
    this.#list.clear();
    this.conceal(false);
    for (const name of OPTIONAL) this.#parts[name].hidden = true;
  }

  /** Nobody sees what there is until it is known who is there. */
  conceal(isHidden) {
    if (isHidden) {
      this.#parts.root.querySelector("dialog")?.close();
      this.#parts.status.textContent = "";
    }
    this.#parts.list.toggleAttribute("inert", isHidden);
    this.#parts.list.toggleAttribute("data-concealed", isHidden);
  }

  focusList() {
    this.#parts.heading.focus();
  }

  /** A record in words, as text. */
  sentence(record) {
    return this.#sentence(record, true).join("");
  }

  #sentence(record, isText) {
    const { key, name, isAssisted } = sentenceOf(record);
    const said = pieces(this.#text[key], { name: isText ? name : make("b", { part: "name" }, make("bdi", {}, name)) });
    return isAssisted ? [...said, ` (${this.#text.assisted})`] : said;
  }

  /** What may be recorded: the site's rules, in its own words, and the default ones. */
  showRules(policy) {
    const { rules, extends: base } = Object(policy);
    const own = (Array.isArray(rules) ? rules : []).map(({ rule, because = rule, fields }) => {
      const names = (fields ?? []).map((field) => field.name ?? field).join(", ");
      return make("li", {}, because, names && ` ${pieces(this.#text.fields, { fields: names }).join("")}`);
    });
    const defaults = base === "nothing" ? [] : ["login", "view", "clienteling", "form"].map((key) => make("li", {}, this.#text[key]));
    this.#parts.rules.replaceChildren(...own, ...defaults);
  }

  /** The customer's answer, and what may be said instead. `news` is a sentence more. */
  showConsent(consent, news) {
    const { answer, canAnswer } = consent;
    const { answer: sentence, answers } = this.#parts;
    const said = [answer, news, canAnswer || answer === "optedOut" ? undefined : "elsewhere"].filter(Boolean).map((key) => this.#text[key]);
    if (sentence.textContent !== said.join(" ")) sentence.textContent = said.join(" ");
    const buttons = canAnswer ? ANSWERS[answer].map(([key, given]) => this.#button(key, () => this.#actions.consent(given))) : [];
    const hadFocus = answers.contains(answers.getRootNode().activeElement);
    answers.replaceChildren(...buttons);
    if (hadFocus) buttons[0]?.focus();
  }

  #confirm(key, ...said) {
    return ask(this.#parts.root, this.#text, key, said);
  }
}

/** What can be answered, where something was: to decline is as easy as to agree, and looks alike. */
const ANSWERS = {
  granted: [["withdraw", "denied"]],
  denied: [["agree", "granted"]],
  unknown: [
    ["decline", "denied"],
    ["agree", "granted"],
  ],
};

const OPTIONAL = ["progress", "signIn", "retry", "stop", "tools", "list"];
