// One row a scenario, browser and tracker, summed over the seeds; printed as it is measured.

import { broken, isBeyond } from "./judge.mjs";

const COLUMNS = ["recorded", "once", "lost", "twice", "others", "after", "unasked", "failures"];
const HEADS = ["recorded", "once", "lost", "twice", "other's", "after", "unasked", "errors"];
const OURS = "omneo-interactions";

export class Table {
  #rows = [];

  add(scenario, browser, tracker, results) {
    const sum = (column) => results.reduce((sum, result) => sum + (result[column] ?? 0), 0);
    const row = Object.fromEntries([...COLUMNS, "discarded"].map((column) => [column, sum(column)]));
    Object.assign(row, { scenario, browser, tracker, errors: results.map(({ error }) => error).filter(Boolean) });
    if (this.#rows.length === 0) this.#head();
    this.#rows.push(row);
    console.log(line(scenario.name, browser, tracker, COLUMNS.map((column) => row[column]), remark(row)));
  }

  /** What a browser cannot do under automation. */
  cannot(scenario, browser) {
    console.log(line(scenario.name, browser, "", [], `not done: ${scenario.cannot[browser]}`));
  }

  printSums() {
    console.log("\nsums, but for what nobody can promise");
    for (const tracker of new Set(this.#rows.map(({ tracker }) => tracker))) {
      const own = this.#rows.filter((row) => row.tracker === tracker && !isBeyond(row.scenario));
      // Side by side only what all of them were put through.
      this.#sum("the shared ones", tracker, own.filter(({ scenario }) => scenario.shared));
      if (tracker === OURS) this.#sum("all", tracker, own);
    }
    console.log("\nwhat nobody can promise");
    for (const row of this.#rows.filter((row) => row.tracker === OURS && isBeyond(row.scenario))) {
      console.log(line(row.scenario.name, row.browser, row.tracker, COLUMNS.map((column) => row[column]), remark(row)));
    }
    console.log("\nonce: stored exactly once · twice: stored more than once · other's: on another customer's profile");
    console.log("after: came in after consent was withdrawn or the customer signed out · unasked: stored though not recorded · errors: uncaught on the page");
  }

  /** Whether ours kept its promises and broke no page, and every scenario ran to its end. */
  isWanted() {
    const own = this.#rows.filter(({ tracker }) => tracker === OURS);
    const wrong = ({ scenario, browser, errors, ...counts }) => [...errors, ...broken(scenario, browser, counts)];
    const bad = own.filter((row) => wrong(row).length > 0);
    for (const row of bad) console.log(`✗ ${row.scenario.name} (${row.browser}): ${wrong(row).join("; ")}`);
    return own.length > 0 && bad.length === 0;
  }

  #head() {
    console.log(line("scenario", "browser", "tracker", HEADS, ""));
  }

  #sum(what, tracker, rows) {
    console.log(line(what, "", tracker, COLUMNS.map((column) => rows.reduce((sum, row) => sum + row[column], 0)), ""));
  }
}

function remark({ scenario, recorded, once, twice, discarded, errors }) {
  if (errors.length > 0) return `broke off: ${errors[0].split("\n")[0]}`;
  const share = `${Math.round((100 * (once + twice)) / recorded)}% arrived`;
  if (scenario.gone) return `${share} by keepalive alone`;
  if (scenario.bound) return `${share}; ${scenario.bound}`;
  return discarded > 0 ? `${discarded} discarded, as asked` : "";
}

function line(scenario, browser, tracker, numbers, remark) {
  const texts = [scenario.padEnd(WIDTH), browser.padEnd(9), tracker.padEnd(27)];
  return [...texts, ...numbers.map((number) => String(number).padStart(9)), `  ${remark}`].join("").trimEnd();
}

const WIDTH = 96;
