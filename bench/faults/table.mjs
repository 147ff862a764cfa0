// One row a scenario, browser and tracker, summed over the seeds; printed as it is measured.

const COLUMNS = ["recorded", "once", "lost", "twice", "unasked", "copies", "failures"];
const HEADS = ["recorded", "once", "lost", "twice", "unasked", "copies", "errors"];
const OURS = "omneo-interactions";

export class Table {
  #rows = [];

  add(scenario, browser, tracker, results) {
    const sum = (column) => results.reduce((sum, result) => sum + (result[column] ?? 0), 0);
    const row = Object.fromEntries(COLUMNS.map((column) => [column, sum(column)]));
    Object.assign(row, { scenario, browser, tracker, errors: results.map(({ error }) => error).filter(Boolean) });
    // What the visitor took back is not lost.
    if (scenario.discards) [row.discarded, row.lost] = [row.lost, 0];
    if (this.#rows.length === 0) this.#head();
    this.#rows.push(row);
    console.log(line(scenario.name, browser, tracker, COLUMNS.map((column) => row[column]), remark(row)));
  }

  printSums() {
    console.log("\nsums, of the scenarios in which the visitor comes back and took nothing back");
    for (const tracker of new Set(this.#rows.map(({ tracker }) => tracker))) {
      // Side by side only what all of them were put through.
      const shared = this.#rows.filter((row) => row.tracker === tracker && row.scenario.shared && comesBack(row));
      this.#sum("the shared ones", tracker, shared);
      if (tracker === OURS) this.#sum("all", tracker, this.#rows.filter((row) => row.tracker === tracker && comesBack(row)));
    }
    console.log("\nonce: stored exactly once · twice: stored as two records · unasked: stored though not recorded");
    console.log("copies: second copies that the receiver dropped by their id · errors: uncaught on the page");
  }

  /** Whether ours lost nothing, stored nothing twice and broke no page, and every scenario ran to its end. */
  isWanted() {
    const own = this.#rows.filter(({ tracker }) => tracker === OURS);
    const isLoss = (row) => comesBack(row) || row.scenario.whole?.includes(row.browser);
    const bad = own.filter((row) => row.errors.length + row.unasked + row.failures + row.twice + (isLoss(row) ? row.lost : 0) > 0);
    for (const { scenario, browser, errors } of bad) console.log(`✗ ${scenario.name} (${browser}) ${errors.join("; ")}`);
    return own.length > 0 && bad.length === 0;
  }

  #head() {
    console.log(line("scenario", "browser", "tracker", HEADS, ""));
  }

  #sum(what, tracker, rows) {
    console.log(line(what, "", tracker, COLUMNS.map((column) => rows.reduce((sum, row) => sum + row[column], 0)), ""));
  }
}

// Where the visitor never comes back, or the browser had no time to write, nobody can promise anything; and what was taken
// back is not to arrive.
const comesBack = ({ scenario }) => !scenario.gone && !scenario.unwritten && !scenario.discards;

function remark({ scenario, recorded, once, discarded, errors }) {
  if (errors.length > 0) return `broke off: ${errors[0].message.split("\n")[0]}`;
  if (scenario.gone) return `${Math.round((100 * once) / recorded)}% arrived by keepalive alone`;
  if (scenario.unwritten) return "before the browser wrote to its disk";
  return discarded === undefined ? "" : `${discarded} discarded, as asked`;
}

function line(scenario, browser, tracker, numbers, remark) {
  const texts = [scenario.padEnd(52), browser.padEnd(9), tracker.padEnd(27)];
  return [...texts, ...numbers.map((number) => String(number).padStart(9)), `  ${remark}`].join("").trimEnd();
}
