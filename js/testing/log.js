// What the pages of a test have told, in order.

export class Log {
  #all = [];
  #waiting = new Set();

  add(event, detail) {
    this.#all.push({ event, ...detail });
    for (const look of [...this.#waiting]) look();
  }

  clear() {
    this.#all = [];
  }

  /** Those of that name that are like that; all, where neither is given. */
  events(event, like) {
    return this.#all.filter((one) => (!event || one.event === event) && matches(one, like));
  }

  /** Throws unless there is one. */
  some(event, like) {
    if (this.events(event, like).length === 0) throw new Error(`Nothing was ${event}${asShown(like)}. ${this.#told()}`);
  }

  /** Throws where there is one. */
  none(event, like) {
    const found = this.events(event, like);
    if (found.length > 0) throw new Error(`${found.length} ${event}${asShown(like)}, and none was to be. ${this.#told()}`);
  }

  /** Answers the first, as soon as there is one. */
  async wait(event, like, timeout) {
    const found = () => this.events(event, like)[0];
    if (found()) return found();
    let timer;
    let look;
    await new Promise((end) => {
      timer = setTimeout(end, timeout);
      look = () => found() && end(undefined);
      this.#waiting.add(look);
    });
    this.#waiting.delete(look);
    clearTimeout(timer);
    if (!found()) throw new Error(`Nothing was ${event}${asShown(like)} within ${timeout} ms. ${this.#told()}`);
    return found();
  }

  #told() {
    const lines = this.#all.map(({ event, kind, rule, reason, record }) =>
      [event, kind, record && JSON.stringify(record.name), rule && `by rule ${rule}`, event === "failed" && reason].filter(Boolean).join(" "),
    );
    return lines.length > 0 ? `There was:\n  ${lines.join("\n  ")}` : "There was nothing at all.";
  }
}

/** Whether it has at least what is in `like`: a regular expression is one for a text, a function is asked. */
function matches(value, like) {
  if (like === undefined) return true;
  if (typeof like === "function") return Boolean(like(value));
  if (like instanceof RegExp) return typeof value === "string" && like.test(value);
  if (Array.isArray(like)) return Array.isArray(value) && value.length === like.length && like.every((part, at) => matches(value[at], part));
  if (Object(like) !== like) return Object.is(value, like);
  return Object(value) === value && Object.entries(like).every(([key, part]) => Object.hasOwn(value, key) && matches(value[key], part));
}

function asShown(like) {
  if (like === undefined) return "";
  return ` that is like ${JSON.stringify(like, (_, part) => (part instanceof RegExp || typeof part === "function" ? `${part}` : part))}`;
}
