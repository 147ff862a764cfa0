// How much of the source brings values about instead of doing the tracker's work, and how that is counted.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { Failure } from "../../tools/process.mjs";
import { codeOf, plumbing } from "../../tools/size/plumbing.mjs";

test("plumbing is within its limit", () => {
  const { lines, all, share, limit } = plumbing();
  assert.ok(share <= limit, `${lines} of ${all} lines of code; \`npm run size -- --plumbing\` says which`);
});

test("comments, empty lines and tests beside the code are no code", () => {
  const rust = `//! What it is.

use std::fmt; // for people

/// What it does.
pub fn act() {
    // Why.
    run();
}

#[cfg(test)]
mod tests;

#[cfg(test)]
pub(crate) mod fuzz {
    fn one() {
        run();
    }
}

#[cfg(test)]
impl From<&str> for Stored {
    fn from(text: &str) -> Stored {
        run()
    }
}

const LAST: u32 = 1;
`;
  assert.deepEqual(codeOf("src/a.rs", rust), ["use std::fmt; // for people", "pub fn act() {", "    run();", "}", "const LAST: u32 = 1;"]);
  const script = `/**
 * What it does.
 */
export const act = () => {
  /* Why. */
  run();
};
`;
  assert.deepEqual(codeOf("js/a.js", script), ["export const act = () => {", "  run();", "};"]);
});

test("the share is that of the listed files and parts, of all code that is no test", (t) => {
  const folder = tree(t, {
    "src/lib.rs": "mod value;\n#[cfg(test)]\nmod checks;\nstatic ALLOCATOR: A = A;\nstatic B: A = A;\n",
    "src/checks.rs": "one\ntwo\n",
    "src/value.rs": "one\n#[cfg(test)]\nmod tests;\n",
    "src/value/tests.rs": "one\ntwo\n",
    "js/page.js": "one\ntwo\nthree\nfour\n",
    "js/page.d.ts": "one\n",
  });
  const files = [
    { file: "src/value.rs", why: "conversion" },
    { file: "src/lib.rs", from: "static ALLOCATOR: A = A;", why: "allocator" },
  ];
  const { lines, all, share } = plumbing(folder, { limit: 0.05, files });
  assert.deepEqual([lines, all, share], [3, 8, 3 / 8]);
});

test("what is listed must be there", (t) => {
  const folder = tree(t, { "src/lib.rs": "mod value;\n" });
  const listed = (...files) => () => plumbing(folder, { limit: 0.05, files });
  assert.throws(listed({ file: "src/value.rs" }), (error) => error instanceof Failure && /names src\/value\.rs, which is not there/.test(error));
  assert.throws(listed({ file: "src/lib.rs", from: "mod a;" }), /names src\/lib\.rs from "mod a;" on/);
});

function tree(t, files) {
  const folder = mkdtempSync(join(tmpdir(), "plumbing-"));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}
