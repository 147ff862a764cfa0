// The records that are shown: so many at a time, by day, those that have the words of the search.

import { make } from "../dom.js";

const PER_VIEW = 50;

export class List {
  #given;
  #records;
  #isPart = false;
  #from = 0;
  #words = [];
  #haystacks = new WeakMap();
  #items = new WeakMap();
  #shown = [];
  #made = 0;
  #days = make("div", { part: "days" });
  #field;
  #older;
  #newer;

  /** `{text, format, sentence, older, search, remove, shown}` */
  constructor(given) {
    this.#given = given;
    const { text } = given;
    const button = (key, by) => make("button", { type: "button", part: "button", click: () => this.#turn(by) }, text[key]);
    [this.#newer, this.#older] = [button("newer", -PER_VIEW), button("older", PER_VIEW)];
    const field = make("input", { type: "search", part: "search", id: "search", autocomplete: "off", spellcheck: "false", input: () => this.#seek(field.value) });
    this.#field = field;
    this.search = make("p", { part: "field" }, make("label", { for: "search" }, text.search), field);
    this.root = make("div", { part: "list" }, this.#days, make("div", { part: "buttons pager" }, this.#newer, this.#older));
  }

  show(records, isPart = false) {
    this.#records = records;
    this.#isPart = isPart;
    this.#render();
  }

  clear() {
    this.#records = undefined;
    this.#from = 0;
    this.#words = [];
    this.#field.value = "";
    this.#shown = [];
    this.#days.replaceChildren();
  }

  #seek(value) {
    this.#words = plain(value).split(/\s+/).filter(Boolean);
    this.#from = 0;
    this.#render();
    if (this.#words.length && !this.#records.isWhole && !this.#isPart) this.#given.search();
  }

  async #turn(by) {
    const to = this.#from + by;
    if (to + PER_VIEW > this.#found().length) await this.#given.older();
    if (!this.#records) return;
    this.#from = Math.max(0, to < this.#found().length ? to : this.#from);
    this.#render();
    this.#days.querySelector("h4")?.focus();
  }

  #found() {
    const { all } = this.#records;
    return this.#words.length ? all.filter((entry) => this.#has(entry)) : all;
  }

  #has(entry) {
    let text = this.#haystacks.get(entry);
    if (text === undefined) {
      const { record, time } = entry;
      text = plain(`${this.#given.sentence(record, true).join("")} ${time ? this.#given.format.day(time) : ""} ${JSON.stringify(record)}`);
      this.#haystacks.set(entry, text);
    }
    return this.#words.every((word) => text.includes(word));
  }

  #render() {
    if (!this.#records) return;
    const { all, read, isWhole } = this.#records;
    const found = this.#found();
    while (this.#from && this.#from >= found.length) this.#from -= PER_VIEW;
    const shown = found.slice(this.#from, this.#from + PER_VIEW);
    const isSearch = this.#words.length > 0;
    const total = isSearch ? found.length : this.#records.total + all.length - read;
    this.#showDays(shown);
    this.#newer.hidden = this.#from === 0;
    this.#older.hidden = this.#from + PER_VIEW >= (isWhole ? found.length : total);
    if (!this.#isPart) this.#given.shown({ total, from: this.#from + 1, to: this.#from + shown.length, isSearch });
  }

  // What is open stays open where it is shown again, and what has the focus keeps it.
  #showDays(shown) {
    if (shown.length === this.#shown.length && shown.every((entry, at) => entry === this.#shown[at])) return;
    this.#shown = shown;
    const { text, format } = this.#given;
    let day;
    const made = [];
    for (const entry of shown) {
      const own = entry.time ? format.day(entry.time) : text.undated;
      if (own !== day) made.push(make("h4", { part: "day", tabindex: "-1" }, (day = own)), make("ul", { part: "records" }));
      if (!this.#items.has(entry)) this.#items.set(entry, this.#item(entry));
      made.at(-1).append(this.#items.get(entry));
    }
    const { activeElement } = /** @type {ShadowRoot} */ (this.root.getRootNode());
    this.#days.replaceChildren(...made);
    if (this.#days.contains(activeElement)) /** @type {HTMLElement} */ (activeElement).focus();
  }

  #item(entry) {
    const at = (this.#made += 1);
    const { text, format, sentence, remove } = this.#given;
    const { where, record, time, id } = entry;
    const data = make(
      "details",
      { part: "data", toggle: () => data.open && !data.querySelector("dl") && data.append(fields(record)) },
      make("summary", { id: `data${at}`, "aria-labelledby": `data${at} said${at}` }, text.data),
    );
    const when = time && make("time", { part: "time", datetime: new Date(time).toISOString() }, format.time(time));
    const label = { id: `remove${at}`, "aria-labelledby": `remove${at} said${at}` };
    return make(
      "li",
      { part: "record" },
      make("p", { part: "sentence", id: `said${at}` }, sentence(record), where !== "omneo" && make("span", { part: "badge" }, ` ${text[where]}`)),
      when || null,
      data,
      id != null && make("button", { type: "button", part: "button delete", ...label, click: () => remove(entry) }, text.remove),
    );
  }
}

// Only when somebody wants to see it.
function fields(record) {
  const said = Object.entries(record).filter(([, value]) => value !== null);
  const rows = said.flatMap(([name, value]) => [
    make("dt", {}, make("bdi", {}, name)),
    make("dd", {}, make("bdi", {}, typeof value === "string" ? value : JSON.stringify(value, undefined, 2))),
  ]);
  return make("dl", { part: "fields" }, rows);
}

// So that "café" is found by "CAFE".
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
