// What the table of `npm test` adds up must be what the runners said.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { capture } from "../../tools/process.mjs";
import { failedFiles, failures, ofCargo, ofNode, ofTsc, settle } from "../../tools/test/counts.mjs";

describe("cargo test", () => {
  test("adds up every test binary, coloured or not", () => {
    const printed = [
      "running 2 tests",
      "test json::reads ... ok",
      "test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s",
      "test result: \u001b[31mFAILED\u001b[0m. 5 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.20s",
    ].join("\n");
    assert.deepEqual(ofCargo(printed), { passed: 7, failed: 3 });
  });

  test("tells what failed, of every test binary", () => {
    const printed = (name) => `test ${name} ... FAILED\n\nfailures:\n\n---- ${name} stdout ----\nleft: 1\n\n\nfailures:\n    ${name}\n\ntest result: FAILED.`;
    assert.equal(failures(`${printed("a")}\n${printed("b")}`), "---- a stdout ----\nleft: 1\n\n\n---- b stdout ----\nleft: 1");
    assert.equal(failures("test a ... ok"), "");
  });

  test("does not take what a test prints for a result", () => {
    assert.deepEqual(ofCargo("it said: test result: ok. 9 passed; 0 failed;"), { passed: 0, failed: 0 });
  });
});

describe("node --test", () => {
  let folder;
  before(() => (folder = mkdtempSync(join(tmpdir(), "counts-"))));
  after(() => rmSync(folder, { recursive: true }));

  test("counts what ran: passed, failed, cancelled, and neither skipped tests nor files without any", async () => {
    const some = `
      import { describe, test } from "node:test";
      describe("group", () => { test("passes", () => {}); test.skip("skipped", () => {}); });
      test("fails", () => { throw new Error("on purpose"); });
      test("never ends", { timeout: 20 }, () => new Promise(() => setInterval(() => {}, 1000).unref()));`;
    const { code, stdout } = await nodeTest({ "some.test.mjs": some, "none.test.mjs": "export {};" });
    assert.deepEqual(ofNode(stdout), { passed: 1, failed: 2 });
    assert.match(failures(stdout), /^test at .*some.test.mjs:4[^]+✖ fails[^]+on purpose[^]+✖ never ends/);
    assert.deepEqual(failedFiles(stdout), ["some"]);
    assert.equal(code, 1);
  });

  test("counts a file that does not load as a failure", async () => {
    const { stdout } = await nodeTest({ "broken.test.mjs": 'import "./missing.mjs";' });
    assert.deepEqual(ofNode(stdout), { passed: 0, failed: 1 });
  });

  function nodeTest(files) {
    const paths = Object.entries(files).map(([name, text]) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    });
    // Inside a test, node would take the other run for a part of this one.
    const env = { NODE_TEST_CONTEXT: undefined };
    return capture(process.execPath, ["--test", "--test-reporter=spec", ...paths], { env });
  }
});

test("tsc passes as a whole or fails once an error", () => {
  assert.deepEqual(ofTsc(""), { passed: 1, failed: 0 });
  assert.deepEqual(ofTsc("a.ts(1,2): error TS2304: …\nb.ts(3,4): error TS2339: …\n"), { passed: 0, failed: 2 });
});

test("a suite that ran nothing, or whose runner broke off, has failed", () => {
  assert.deepEqual(settle({ passed: 0, failed: 0 }, 0), { passed: 0, failed: 1, why: "it ran no test" });
  assert.deepEqual(settle({ passed: 4, failed: 0 }, 101), { passed: 4, failed: 1, why: "the run itself failed (exit code 101)" });
  assert.deepEqual(settle({ passed: 4, failed: 2 }, 101), { passed: 4, failed: 2 });
  assert.deepEqual(settle({ passed: 4, failed: 0 }, 0), { passed: 4, failed: 0 });
});
