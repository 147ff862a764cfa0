// One row a run, printed as it ends.

const COLUMNS = ["handed", "acknowledged", "once", "lost", "twice", "others", "order", "unasked", "dead", "unanswered", "unserved", "slowest", "seconds"];
const HEADS = ["handed in", "acked", "once", "lost", "twice", "other's", "order", "unasked", "dead", "unacked", "unserved", "slowest", "seconds"];

export class Table {
  wrong = [];
  skipped = [];
  rows = 0;

  add({ name }, store, seed, result) {
    if (this.rows === 0) print("scenario", "store", "seed", HEADS, "");
    this.rows += 1;
    print(name, store, seed, COLUMNS.map((column) => result[column] ?? "-"), result.reasons ?? "");
    for (const what of result.wrong) {
      this.wrong.push(`${name} (${store}, seed ${seed}): ${what}`);
      console.log(`✗ ${what}`);
    }
  }

  /** What this machine cannot do. */
  skip({ name }, store, why) {
    this.skipped.push(`${name} (${store}), as ${why}`);
    console.log(`not done: ${this.skipped.at(-1)}`);
  }

  /** Whether all was as wanted; prints what the columns mean. */
  isWanted() {
    console.log("\nacked: answered 202 or 200 · once: of these, at Omneo once · lost: of these, nowhere · twice: at Omneo more than once");
    console.log("other's: on another customer's profile · order: came after a later one of the same customer · unasked: refused, or never handed in, and there");
    console.log("dead: given up by the relay, and listed by it · unacked: never answered, and there · unserved: batches of the load that were not taken at once");
    console.log("slowest: milliseconds until the slowest batch was answered");
    for (const what of this.wrong) console.log(`✗ ${what.split("\n")[0]}`);
    return this.rows > 0 && this.wrong.length === 0;
  }
}

function print(name, store, seed, cells, remark) {
  console.log([name.padEnd(WIDTH), store.padEnd(9), `${seed}`.padEnd(5), ...cells.map((cell) => `${cell}`.padStart(10)), `  ${remark}`].join("").trimEnd());
}

const WIDTH = 104;
