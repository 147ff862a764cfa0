// What strace writes of a relay, read for one question: was a record on the disk before its answer left?

export class Trace {
  #lines;

  /** `ids` are those of the records that were acknowledged meanwhile. */
  constructor(text, ids) {
    this.#lines = text.split("\n");
    this.ids = ids;
  }

  /** Whether SQLite wrote the record to its log, then waited for the disk, and only then the answer began to leave. */
  isOnDiskFirst(id) {
    const written = this.#lines.findIndex((line) => WRITE.test(line) && line.includes(id));
    const answered = this.#lines.findIndex((line) => ANSWER.test(line) && line.includes(`"${id}\\"`));
    return written >= 0 && answered >= 0 && this.#isSynced(written + 1, answered);
  }

  // Whether a wait for the log's disk began and ended well between these lines.
  #isSynced(from, to) {
    const begun = new Set();
    for (const line of this.#lines.slice(from, to)) {
      const [, thread, rest] = /^(\d+)\s+(.*)$/.exec(line) ?? [];
      if (SYNC.test(rest)) {
        if (rest.endsWith("= 0")) return true;
        if (rest.endsWith("<unfinished ...>")) begun.add(thread);
      } else if (RESUMED.test(rest) && begun.delete(thread) && rest.endsWith("= 0")) {
        return true;
      }
    }
    return false;
  }
}

const WRITE = /^\d+\s+pwrite64\(\d+<[^>]*-wal>/;
const ANSWER = /^\d+\s+(?:write|writev|sendto|sendmsg)\(\d+<(?:TCP|socket).*HTTP\/1\.1 200.*\\"status\\":202/;
const SYNC = /^f(?:data)?sync\(\d+<[^>]*-wal>/;
const RESUMED = /^<\.\.\. f(?:data)?sync resumed>/;
