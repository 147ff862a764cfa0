// What sites can rely on: a change of it is seen, and meant. `WRITE_API=1 npm test -- --only package` writes down a change that is.

import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { before, test } from "node:test";
import { capture, root } from "../../tools/process.mjs";
import { DECLARATIONS, REPORT, ofThisPackage, surface } from "./surface.mjs";

const home = join(root, "target", "api");
const installed = join(home, "node_modules", "omneo-interactions");

test("the public surface is the one that tests/types/api.txt has", () => {
  if (process.env.WRITE_API) writeFileSync(REPORT, ofThisPackage());
  assert.equal(ofThisPackage(), readFileSync(REPORT, "utf8"), "if it is meant, say so in CHANGELOG.md, and `WRITE_API=1` writes it");
});

const CALLS = ["use.ts", "frameworks.ts"];

// A site that has the package installed and makes the calls of tests/types.
before(() => {
  rmSync(home, { recursive: true, force: true });
  for (const path of ["package.json", ...DECLARATIONS]) copy(path);
  writeFileSync(join(home, "package.json"), `{ "name": "site", "type": "module" }`);
  const { compilerOptions: strict } = JSON.parse(readFileSync(join(root, "tests", "types", "tsconfig.json"), "utf8").replaceAll(/^\s*\/\/.*$/gm, ""));
  const extended = join(root, "tsconfig.json");
  writeFileSync(join(home, "tsconfig.json"), JSON.stringify({ extends: extended, compilerOptions: strict, include: CALLS }));
  for (const name of CALLS) cpSync(join(root, "tests", "types", name), join(home, name));
});

test("the calls of tests/types compile against it", async () => {
  assert.deepEqual(await mistakes(), []);
});

for (const [what, path, from, to] of [
  ["a call has another name", "dist/omneo-interactions.d.ts", "formSubmission(fields?", "submission(fields?"],
  ["an answer is not there any more", "dist/omneo-interactions.d.ts", "flush(): Promise<Report>;", "flush(): void;"],
  ["a field must be given", "dist/omneo-interactions.d.ts", "namespace?: string;\n  signal?", "namespace: string;\n  signal?"],
  ["a word is not accepted any more", "dist/omneo-interactions.d.ts", `"unknown" | "granted" | "denied"`, `"granted" | "denied"`],
  ["a class is a mere type", "dist/omneo-interactions.d.ts", "export class OmneoError extends Error", "export interface OmneoError extends Error"],
  ["a hook has another name", "dist/frameworks/react.d.ts", "useProductView(product", "useProduct(product"],
  ["an entry has gone", "package.json", `"./slim": {`, `"./thin": {`],
]) {
  test(`a breaking change is found by the report and by the types: ${what}`, async (t) => {
    t.after(() => copy(path));
    const text = readFileSync(join(root, path), "utf8");
    assert.ok(text.includes(from), `${path} has no ${from} to break`);
    writeFileSync(join(installed, path), text.replace(from, to));
    assert.notEqual(surface((name) => readFileSync(join(installed, name), "utf8")), readFileSync(REPORT, "utf8"));
    assert.notDeepEqual(await mistakes(), []);
  });
}

function copy(path) {
  mkdirSync(dirname(join(installed, path)), { recursive: true });
  cpSync(join(root, path), join(installed, path));
}

async function mistakes() {
  const { stdout } = await capture(process.execPath, [join(root, "node_modules", "typescript", "bin", "tsc"), "--project", home]);
  return stdout.match(/^.*\berror TS\d+:.*$/gm) ?? [];
}
