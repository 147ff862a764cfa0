// What outlives a page, with consent only: the session, the clienteling of a tab, and each record that was accepted and not yet
// confirmed, under a key of its own in localStorage. That is synchronous, so a record is safe in the task it was accepted in, and one record costs
// the same whether 1 or 500 wait.
//
//   omneo:session       when the customer was last seen, up to when nobody was signed in, and who; `?` is nobody
//   omneo:clienteling   the staff-assisted session of this tab, in sessionStorage
//   omneo:<page>:<id>   a record of that page
//   omneo:<page>        the page is gone, or rests in the back/forward cache
//
// Each page delivers its own records. Those of a page that is gone are adopted: renamed by whoever comes first. A page that
// could not say that it goes is gone when it does not answer. It holds no Web Lock to say that it lives, though that would be
// simpler: Firefox keeps a page with a lock out of the back/forward cache, even one that is given back on `pagehide`.

import { channel } from "./channel.js";

const PREFIX = "omneo:";
const SESSION = `${PREFIX}session`;
const CLIENTELING = `${PREFIX}clienteling`;

export class Storage {
  #page = PREFIX + crypto.getRandomValues(new Uint32Array(2)).join("");
  #isOpen = false;
  // The session's text as this page last read or wrote it.
  #session = "";
  // The ids that are kept, to know after the back/forward cache which were adopted meanwhile.
  #kept = new Set();
  // Where pages ask who lives with nothing, and say of themselves whether they do: `[page, lives]`.
  #pages = channel(PREFIX);
  // When each of them was last heard of.
  #alive = new Map();
  #tell;
  // Lets the next page have its turn.
  #endTurn = () => {};
  #isAsking = false;

  // `tell(input, detail)` is how the tracker hears of what was kept.
  constructor(tell) {
    this.#tell = tell;
    this.#pages.onmessage = ({ data }) => {
      if (!Array.isArray(data)) return;
      const [page, lives] = data;
      if (!page) this.#pages.postMessage([this.#page, true]);
      else if (lives === true) this.#alive.set(page, performance.now());
      // Another page went and left records.
      else if (lives === false) this.adopt();
    };
  }

  // There is consent to keep things.
  recall() {
    this.#isOpen = true;
    this.#recall();
    this.adopt();
  }

  // Another page may have written the session since, or taken over records of this one: whatever goes on goes on with that.
  refresh() {
    if (!this.#isOpen) return;
    if (this.#use((storage) => (storage[SESSION] ?? "") !== this.#session)) this.#recall();
    const taken = [...this.#kept].filter((id) => this.#use((storage) => !(this.#key(id) in storage)));
    taken.forEach((id) => this.#kept.delete(id));
    if (taken.length) this.#tell("taken", taken);
  }

  remember(text) {
    this.#isOpen = true;
    this.#session = text;
    this.#use((storage) => (storage[SESSION] = text));
  }

  rememberInTab(text) {
    this.#use(() => (text ? (sessionStorage[CLIENTELING] = text) : delete sessionStorage[CLIENTELING]));
  }

  keep(id, text) {
    this.#use((storage) => {
      const key = this.#key(id);
      // Another page took it over, or emptied storage: `refresh` tells.
      if (this.#kept.has(id) && !(key in storage)) return;
      storage[key] = text;
      this.#kept.add(id);
    });
  }

  drop(id) {
    this.#kept.delete(id);
    this.#use((storage) => delete storage[this.#key(id)]);
  }

  // `isOnlyOwn`: another page has emptied storage, and since then it may have what the visitor agreed to anew.
  forget(isOnlyOwn) {
    const prefix = isOnlyOwn ? `${this.#page}:` : PREFIX;
    this.#isOpen = false;
    this.#session = "";
    this.#kept.clear();
    this.#use((storage) => Object.keys(storage).forEach((key) => key.startsWith(prefix) && delete storage[key]));
    this.rememberInTab("");
  }

  // The page goes, perhaps for good: whoever comes may have its records.
  leave() {
    this.#endTurn();
    if (!this.#kept.size) return;
    this.#use((storage) => (storage[this.#page] = ""));
    this.#pages.postMessage([this.#page, false]);
  }

  // The page is back.
  resume() {
    if (!this.#isOpen) return;
    this.#use((storage) => delete storage[this.#page]);
    // Also where the session is the same: the tab's other pages may have opened or ended a staff-assisted one.
    this.#recall();
    this.refresh();
  }

  // One page of the site at a time: when the next one reads the session, it sees what this one wrote. Whoever waits for too long
  // goes on without.
  async turn() {
    let isDone = false;
    const once = () => {
      if (isDone) return;
      isDone = true;
      this.refresh();
      this.#tell("turn");
    };
    const seen = () => new Promise((end) => ((this.#endTurn = end), setTimeout(end, SEEN_MS)));
    const signal = AbortSignal.timeout(TURN_MS);
    await navigator.locks?.request(SESSION, { signal }, () => (once(), seen())).catch(() => {});
    once();
  }

  // Makes the records of pages that are gone its own, and hands them over.
  async adopt() {
    if (!this.#isOpen) return;
    await this.#adopt(([, page]) => page in localStorage);
    if (this.#isAsking || !this.#use(() => this.#others().length)) return;
    this.#isAsking = true;
    // Perhaps they live; or their mark is not seen yet, because another process wrote it.
    const asked = performance.now();
    this.#pages.postMessage([]);
    await new Promise((waited) => setTimeout(waited, SILENCE_MS));
    this.#isAsking = false;
    await this.#adopt(([, page]) => !(this.#alive.get(page) >= asked));
  }

  // Under a lock where there are any, so that two pages do not adopt the same.
  async #adopt(isGone) {
    const take = () => this.#use(() => this.#others().filter(isGone).map(([key, page, id]) => this.#takeOver(key, page, id)));
    // A frame without an origin has the lock manager, and may not use it.
    const taken = navigator.locks ? await navigator.locks.request(PREFIX, take).catch(take) : take();
    if (taken?.length) this.#tell("adopt", taken);
  }

  #takeOver(key, page, id) {
    const text = localStorage[key];
    this.keep(id, text);
    delete localStorage[key];
    delete localStorage[page];
    return [id, text];
  }

  // The records of other pages: `[key, page, id]` of each.
  #others() {
    const records = this.#isOpen ? Object.keys(localStorage).map((key) => RECORD.exec(key)) : [];
    return records.filter((record) => record && record[1] !== this.#page);
  }

  // The session and the clienteling of this tab, empty where there is none; null where storage is blocked.
  #recall() {
    const session = this.#use((storage) => (this.#session = storage[SESSION] ?? ""));
    this.#tell("recalled", [session, this.#use(() => sessionStorage[CLIENTELING] ?? "")]);
  }

  #key(id) {
    return `${this.#page}:${id}`;
  }

  // Storage may be full or blocked; the tracker works on without it.
  #use(act) {
    try {
      return act(localStorage);
    } catch {
      this.#tell("unkept");
    }
  }
}

// A page whose script is busy for longer than that is taken for gone. It finds its records gone before it sends them.
const SILENCE_MS = 5_000;

// How long a page keeps its turn for what it wrote to be seen in another process, and how long others wait for theirs.
const SEEN_MS = 100;
const TURN_MS = 1_000;

const RECORD = /^(omneo:\d+):(.*)/s;
