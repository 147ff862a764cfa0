// What outlives a page, with consent only: the session, and each record that was accepted and not yet confirmed, under a key
// of its own in localStorage. That is synchronous, so a record is safe in the task it was accepted in, and one record costs
// the same whether 1 or 500 wait.
//
//   omneo:session       when the customer was last seen, and who
//   omneo:<page>:<id>   a record of that page
//
// Each page delivers its own records and holds a Web Lock `omneo:<page>` while it lives. Keys of a page that holds none any
// more are adopted: renamed, under the lock `omneo:`, by whoever comes first.

const PREFIX = "omneo:";
const SESSION = `${PREFIX}session`;

export class Storage {
  #page = `${PREFIX}${crypto.getRandomValues(new Uint32Array(2)).join("")}:`;
  // The ids that are kept, to know after the back/forward cache which were adopted meanwhile.
  #kept = new Set();
  /** @type {Promise<void> | undefined} */
  #held;
  /** @type {(() => void) | undefined} */
  #leave;
  #failed;

  // `failed()` hears that storage is full or blocked.
  constructor(failed) {
    this.#failed = failed;
  }

  session() {
    return this.#use((storage) => storage.getItem(SESSION)) ?? "";
  }

  remember(text) {
    this.#use((storage) => storage.setItem(SESSION, text));
  }

  keep(id, text) {
    this.hold();
    this.#kept.add(id);
    this.#use((storage) => storage.setItem(this.#page + id, text));
  }

  drop(id) {
    this.#kept.delete(id);
    this.#use((storage) => storage.removeItem(this.#page + id));
  }

  forget() {
    this.#kept.clear();
    this.release();
    this.#use((storage) => keys(storage).forEach((key) => storage.removeItem(key)));
  }

  // Says that this page lives, until it is released: before the back/forward cache, because a lock that another page asks
  // for evicts the page that holds it.
  hold() {
    return (this.#held ??= new Promise((held) => {
      /** @type {Promise<void>} */
      const left = new Promise((leave) => (this.#leave = leave));
      navigator.locks?.request(this.#page, () => (held(), left));
    }));
  }

  release() {
    this.#leave?.();
    this.#held = undefined;
  }

  // The ids that were kept and are not any more.
  taken() {
    return [...this.#kept].filter((id) => this.#use((storage) => storage.getItem(this.#page + id)) === null);
  }

  // Makes the records of pages that are gone its own: `[[id, text], …]`.
  async adopt() {
    // Without Web Locks, as on a page without https, nobody can tell a living page from one that is gone: then records are
    // adopted once they are a minute old.
    if (!navigator.locks) return this.#adopt((_, text) => Date.now() - parseInt(text) > MINUTE);
    await this.hold();
    return navigator.locks.request(PREFIX, async () => {
      const { held, pending } = await navigator.locks.query();
      const alive = [...held, ...pending].map(({ name }) => name).filter((name) => name !== PREFIX);
      // Consent may have gone meanwhile, and with it the claim.
      return this.#held ? this.#adopt((key) => !alive.some((page) => key.startsWith(page))) : [];
    });
  }

  #adopt(isOrphan) {
    const adopted = [];
    this.#use((storage) => {
      for (const key of keys(storage)) {
        const text = storage.getItem(key);
        if (key === SESSION || key.startsWith(this.#page) || !isOrphan(key, text)) continue;
        const id = key.slice(key.indexOf(":", PREFIX.length) + 1);
        this.keep(id, text);
        storage.removeItem(key);
        adopted.push([id, text]);
      }
    });
    return adopted;
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

const MINUTE = 60_000;

function keys(storage) {
  return Object.keys(storage).filter((key) => key.startsWith(PREFIX));
}
