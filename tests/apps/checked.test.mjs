// The examples as whoever copies them has them, under TypeScript's `--strict` and each framework's own checks and linter: not a warning.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { promisify } from "node:util";
import { root } from "../../tools/process.mjs";
import { home, settle } from "./home.mjs";

const execute = promisify(execFile);
const folder = join(home, "checked");

before(async () => {
  await settle(["checked"]);
  const copy = (from, to) => cpSync(join(root, "examples", from), join(folder, to), { recursive: true });
  for (const name of ["react", "next", "vue", "svelte"]) copy(name, name);
  for (const place of ["react", "next/app", "vue", "svelte"]) copy("settings.ts", `${place}/settings.ts`);
});

for (const [what, ...program] of [
  ["React's and Next's, by tsc", "typescript/bin/tsc", "--project", "."],
  ["Vue's, by vue-tsc", "vue-tsc/bin/vue-tsc.js", "--project", "vue"],
  ["Svelte's, by svelte-check", "svelte-check/bin/svelte-check", "--workspace", "svelte", "--tsconfig", "./tsconfig.json", "--fail-on-warnings"],
  ["all, by eslint-plugin-react-hooks, -vue and -svelte", "eslint/bin/eslint.js", "--max-warnings", "0", "."],
]) {
  test(`the examples are as they should be: ${what}`, async () => {
    const [path, ...args] = program;
    const { code = 0, stdout, stderr } = await execute(process.execPath, [join(home, "node_modules", path), ...args], { cwd: folder }).catch((error) => error);
    assert.equal(code, 0, stdout + stderr);
  });
}
