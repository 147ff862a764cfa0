// What has happened to each record, put together from what the tracker tells.

export class Log {
  /** Is called with an entry that is new or went a step further, and that step. */
  onchange;
  #entries = new Map();
  /** Which entries a request has, by its number. */
  #requests = new Map();

  hear(event, detail) {
    this[event](detail);
  }

  // --- What is told

  recorded(detail) {
    this.#begin("recorded", detail);
  }

  // Without a kind, it had been recorded before.
  refused(detail) {
    if (detail.kind) this.#begin("refused", detail);
    else this.#go(this.#of(detail.record), { step: "refused", why: `${detail.rule}: ${detail.reason}` });
  }

  delivered({ record, status }) {
    const entry = this.#of(record);
    entry.record ??= record;
    this.#go(entry, { step: "delivered", status });
  }

  // What is wrong with a call quotes what it was given.
  failed({ rule, reason, record, status, error }) {
    const said = error?.name === "OmneoError" ? `\`${error.field}\` is wrong; accepted: ${error.accepted}` : reason;
    const why = `${rule ? `${rule}: ` : ""}${said}`;
    if (record) this.#go(this.#of(record), { step: "failed", status, why });
    else this.#begin("failed", { reason: why });
  }

  stage({ stage, ids = [], request, status }) {
    const entries = stage === "answered" ? this.#take(request) : ids.map((id) => this.#of({ meta: { event_id: id } }));
    if (stage === "sent") this.#requests.set(request, entries);
    for (const entry of entries) {
      const isKnown = stage === "stored" && entry.steps.some(({ step }) => step === stage);
      if (!isKnown) this.#go(entry, stage === "answered" ? { step: stage, status } : { step: stage });
    }
  }

  // --- Entries

  #begin(event, detail) {
    const id = detail.record?.meta?.event_id;
    const entry = { ...detail, event, at: Date.now(), steps: [] };
    if (event === "recorded" && id) this.#entries.set(id, entry);
    if (this.#entries.size > MOST) this.#entries.delete(this.#entries.keys().next().value);
    this.onchange(entry);
  }

  // One that is not known was recorded by an earlier page.
  #of(record) {
    const id = record?.meta?.event_id;
    if (!this.#entries.has(id)) this.#entries.set(id, { event: "kept", at: Date.now(), steps: [], record: record?.name ? record : undefined });
    return this.#entries.get(id);
  }

  #take(request) {
    const entries = this.#requests.get(request) ?? [];
    this.#requests.delete(request);
    return entries;
  }

  #go(entry, step) {
    entry.steps.push({ ...step, at: Date.now() });
    this.onchange(entry, entry.steps.at(-1));
  }
}

/** How many entries are known. */
export const MOST = 200;
