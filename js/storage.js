// What outlives a page, with consent only: the session, the clienteling of a tab, and each record that was accepted and not yet
// confirmed, under a key of its own in localStorage. That is synchronous, so a record is safe in the task it was accepted in, and one record costs
// the same whether 1 or 500 wait.
//
//   omneo:session       when the customer was last seen, and who
//   omneo:clienteling   the staff-assisted session of this tab, in sessionStorage
//   omneo:<page>:<id>   a record of that page
//   omneo:<page>        the page is gone, or rests in the back/forward cache
//
// Each page delivers its own records. Those of a page that is gone are adopted: renamed by whoever comes first. A page that
// could not say that it goes is gone when it does not answer. It holds no Web Lock to say that it lives, though that would be
// simpler: Firefox keeps a page with a lock out of the back/forward cache, even one that is given back on `pagehide`.

const PREFIX = "omneo:";
const SESSION = `${PREFIX}session`;
const CLIENTELING = `${PREFIX}clienteling`;

export class Storage {
  #page = PREFIX + crypto.getRandomValues(new Uint32Array(2)).join("");
  #isOpen = false;
  // The ids that are kept, to know after the back/forward cache which were adopted meanwhile.
  #kept = new Set();
  // Where pages ask who lives with nothing, and say of themselves whether they do: `[page, lives]`.
  #pages = new BroadcastChannel(PREFIX);
  // When each of them was last heard of.
  #alive = new Map();
  #failed;

  // `failed()` hears that storage is full or blocked, `left()` that another page went and left records.
  constructor(failed, left) {
    this.#failed = failed;
    this.#pages.onmessage = ({ data: [page, lives] }) => {
      if (!page) this.#pages.postMessage([this.#page, true]);
      else if (lives) this.#alive.set(page, performance.now());
      else left();
    };
  }

  // There is consent to keep things.
  open() {
    this.#isOpen = true;
  }

  // The session and the clienteling of this tab, empty where there is none; undefined where storage is blocked.
  recall() {
    const text = (key, storage) => this.#use(() => storage().getItem(key) ?? "");
    return this.#isOpen ? [text(SESSION, () => localStorage), text(CLIENTELING, () => sessionStorage)] : [];
  }

  remember(text) {
    this.#use((storage) => storage.setItem(SESSION, text));
  }

  rememberInTab(text) {
    this.#use(() => (text ? sessionStorage.setItem(CLIENTELING, text) : sessionStorage.removeItem(CLIENTELING)));
  }

  keep(id, text) {
    this.#kept.add(id);
    this.#use((storage) => storage.setItem(this.#key(id), text));
  }

  drop(id) {
    this.#kept.delete(id);
    this.#use((storage) => storage.removeItem(this.#key(id)));
  }

  forget() {
    this.#isOpen = false;
    this.#kept.clear();
    this.#use((storage) => keys(storage).forEach((key) => storage.removeItem(key)));
    this.rememberInTab("");
  }

  // The page goes, perhaps for good: whoever comes may have its records.
  leave() {
    if (!this.#kept.size) return;
    this.#use((storage) => storage.setItem(this.#page, ""));
    this.#pages.postMessage([this.#page, false]);
  }

  // The page is back. Answers the ids that were kept and are not any more.
  resume() {
    if (!this.#isOpen) return [];
    this.#use((storage) => storage.removeItem(this.#page));
    return [...this.#kept].filter((id) => this.#use((storage) => storage.getItem(this.#key(id))) === null);
  }

  // Makes the records of pages that are gone its own, and hands them over: `[[id, text], …]`.
  async adopt(adopted) {
    await this.#adopt((page) => localStorage.getItem(page) !== null, adopted);
    if (!this.#use(() => this.#others().length)) return;
    // Perhaps they live; or their mark is not seen yet, because another process wrote it.
    const asked = performance.now();
    this.#pages.postMessage([]);
    await new Promise((waited) => setTimeout(waited, SILENCE_MS));
    await this.#adopt((page) => !(this.#alive.get(page) >= asked), adopted);
  }

  // Under a lock where there are any, so that two pages do not adopt the same.
  async #adopt(isGone, adopted) {
    if (!this.#isOpen) return;
    const take = () => this.#use(() => this.#others().filter(([page]) => isGone(page)).map((other) => this.#takeOver(...other)));
    // A frame without an origin has the lock manager, and may not use it.
    const taken = navigator.locks ? await navigator.locks.request(PREFIX, take).catch(take) : take();
    if (taken?.length) adopted(taken);
  }

  #takeOver(page, id, key) {
    const text = localStorage.getItem(key);
    this.keep(id, text);
    localStorage.removeItem(key);
    localStorage.removeItem(page);
    return [id, text];
  }

  // The records of other pages: `[page, id, key]` of each.
  #others() {
    const records = this.#isOpen ? keys(localStorage).map((key) => [...(/^(omneo:\d+):(.*)/s.exec(key)?.slice(1) ?? []), key]) : [];
    return records.filter(([page, , key]) => key && page !== this.#page);
  }

  #key(id) {
    return `${this.#page}:${id}`;
  }

  // Storage may be full or blocked; the tracker works on without it.
  #use(act) {
    try {
      return act(localStorage);
    } catch {
      this.#failed();
    }
  }
}

// A page whose script is busy for longer than that is taken for gone; what it had would be sent twice, and dropped once.
const SILENCE_MS = 5_000;

function keys(storage) {
  return Object.keys(storage).filter((key) => key.startsWith(PREFIX));
}
