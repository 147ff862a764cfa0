// The records, read once for everybody who looks, and again when somebody asks for it.

/** `source` answers what omneo.mjs reads, anew each time. */
export class Reading {
  #source;
  #lines = [];
  #isOver = true;
  #more = () => {};
  #waiting = Promise.resolve();

  constructor(source) {
    this.#source = source;
  }

  /** Each line as it comes, from the first. */
  async *lines() {
    if (this.#isOver) this.#begin();
    const lines = this.#lines;
    for (let at = 0; ; at += 1) {
      while (at === lines.length) await this.#waiting;
      const line = lines[at];
      yield `${JSON.stringify(line)}\n`;
      if (line.end || line.error) return;
    }
  }

  async #begin() {
    const lines = (this.#lines = []);
    this.#isOver = false;
    this.#renew();
    const tell = (...said) => {
      lines.push(...said);
      const more = this.#more;
      this.#renew();
      more();
    };
    try {
      for await (const { total, rows } of this.#source()) tell(...(rows ?? [{ total }]));
      tell({ end: true });
    } catch (error) {
      tell({ error: error.message });
    }
    this.#isOver = true;
  }

  #renew() {
    this.#waiting = new Promise((resolve) => (this.#more = resolve));
  }
}
