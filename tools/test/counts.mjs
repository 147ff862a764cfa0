// How many tests passed and failed, and what is said of those that failed, read from what the runners print.

import { stripVTControlCharacters } from "node:util";

/** Of `cargo test`, with any runner: one line a test binary, `test result: ok. 3 passed; 0 failed; …`. */
export function ofCargo(printed) {
  const results = [...plain(printed).matchAll(/^test result: \S+ (\d+) passed; (\d+) failed;/gm)];
  return { passed: total(results, 1), failed: total(results, 2) };
}

/**
 * Of `node --test` with its `spec` reporter: one summary at the end. A cancelled test is one that did not pass. Node counts a
 * file without a single test as a test that passed, and calls it by its whole path.
 */
export function ofNode(printed) {
  const text = plain(printed);
  const count = (name) => total([...text.matchAll(new RegExp(`^ℹ ${name} (\\d+)$`, "gm"))], 1);
  const empty = text.match(/^✔ (\/|[A-Z]:\\).+\.test\.mjs \([\d.]+ms\)$/gm)?.length ?? 0;
  return { passed: count("pass") - empty, failed: count("fail") + count("cancelled") };
}

/** Of the TypeScript compiler: it passes as a whole, or fails once an error. */
export function ofTsc(printed) {
  const failed = plain(printed).match(/\berror TS\d+:/g)?.length ?? 0;
  return { passed: failed === 0 ? 1 : 0, failed };
}

/**
 * The counts of a suite once its runner has ended with that code. A runner that failed without a failed test, one that did not
 * even compile, say, counts as one failure; so does a suite that ran nothing at all. `why` says so.
 */
export function settle({ passed, failed }, code) {
  if (code !== 0 && failed === 0) return { passed, failed: 1, why: `the run itself failed (exit code ${code})` };
  if (passed + failed === 0) return { passed, failed: 1, why: "it ran no test" };
  return { passed, failed };
}

/** What `cargo test` and `node --test` say of the tests that failed, without the rest; an empty text where they say nothing. */
export function failures(printed) {
  const [, ofNode = ""] = /^✖ failing tests:\n([\s\S]*)/m.exec(plain(printed)) ?? [];
  const ofCargo = [...plain(printed).matchAll(/^failures:\n\n(----[\s\S]*?)^failures:$/gm)].map(([, said]) => said);
  return [...ofCargo, ofNode].join("").trim();
}

/** The names of the files in which tests failed, as `node --test` tells them; of a test that lies in another kind of file, undefined. */
export function failedFiles(printed) {
  const places = [...failures(printed).matchAll(/^test at (.+):\d+:\d+$/gm)].map(([, path]) => /([^\\/]+)\.test\.mjs$/.exec(path)?.[1]);
  return [...new Set(places)];
}

const plain = stripVTControlCharacters;
const total = (matches, group) => matches.reduce((so, match) => so + Number(match[group]), 0);
