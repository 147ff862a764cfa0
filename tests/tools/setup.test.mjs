// What decides whether set-up has something to do.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Failure, capture, root } from "../../tools/process.mjs";
import { agreedVersion } from "../../tools/setup/bindgen.mjs";
import { isInstalled } from "../../tools/setup/packages.mjs";

const lock = (...packages) =>
  packages.map(([name, version]) => `[[package]]\nname = "${name}"\nversion = "${version}"\n`).join("\n");

test("wasm-bindgen's command and crate must be of one version", () => {
  const around = [["wasm-bindgen-macro", "0.2.9"], ["wasm-bindgen-cli-support", "0.2.8"]];
  assert.equal(agreedVersion(lock(["wasm-bindgen", "0.2.130"], ...around, ["wasm-bindgen-cli", "0.2.130"])), "0.2.130");
  assert.throws(
    () => agreedVersion(lock(["wasm-bindgen", "0.2.131"], ...around, ["wasm-bindgen-cli", "0.2.130"])),
    (error) => error instanceof Failure && /0\.2\.131 and wasm-bindgen-cli 0\.2\.130/.test(error.message),
  );
  assert.throws(() => agreedVersion(lock(["wasm-bindgen", "0.2.130"])), /does not hold the crate wasm-bindgen-cli/);
});

test("this workspace's own lock file agrees", () => {
  assert.match(agreedVersion(readFileSync(join(root, "Cargo.lock"), "utf8")), /^0\.2\.\d+$/);
});

test("the toolchain file names a channel, and rustup has nothing to add for it", () => {
  const [, ...settings] = readFileSync(join(root, "rust-toolchain.toml"), "utf8").split("\n").filter((line) => line && !line.startsWith("#"));
  assert.deepEqual(settings, ['channel = "stable"']);
});

test("npm packages are installed when each is there at the locked version", () => {
  const wanted = { "": {}, "node_modules/a": { version: "1.0.0" }, "node_modules/b": { version: "2.0.0", optional: true } };
  assert.equal(isInstalled(wanted, { "node_modules/a": { version: "1.0.0" } }), true, "b is for another system");
  assert.equal(isInstalled(wanted, {}), false, "nothing is installed");
  assert.equal(isInstalled(wanted, { "node_modules/a": { version: "0.9.0" } }), false, "a is old");
  const oldB = { "node_modules/a": { version: "1.0.0" }, "node_modules/b": { version: "1.0.0" } };
  assert.equal(isInstalled(wanted, oldB), false, "b is old");
});

for (const [what, script, env, says] of [
  ["an unknown OMNEO_RUST", "setup", { OMNEO_RUST: "gentoo" }, /^✗ OMNEO_RUST is "gentoo"; accepted: rustup, debian/m],
  ["no Rust at all", "setup", { PATH: "" }, /^✗ Rust is missing: install it as https:\/\/www\.rust-lang\.org/m],
]) {
  test(`${what} is one sentence and no stack`, async () => {
    const { code, stderr } = await capture(process.execPath, [join(root, "tools", `${script}.mjs`)], { env });
    assert.equal(code, 1);
    assert.match(stderr, says);
    assert.equal(stderr.trim().split("\n").length, 1);
  });
}

for (const [args, says] of [
  [["--only", "knitting"], /^✗ No suite begins with "knitting"; there are lint, crate, sandbox, relay, /m],
  [["--fast"], /^✗ Unknown option '--fast'.* \(accepted: --only SUITE,…\)/m],
]) {
  test(`npm test ${args.join(" ")} says what is accepted and still ends with the counts`, async () => {
    const { code, stdout, stderr } = await capture(process.execPath, [join(root, "tools", "test.mjs"), ...args]);
    assert.equal(code, 1);
    assert.match(stderr, says);
    assert.equal(stdout.trimEnd().split("\n").at(-1), "0 passed, 1 failed");
  });
}
