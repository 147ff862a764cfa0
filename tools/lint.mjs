// `npm run lint`, which is also a suite of `npm test`: layout, warnings as errors, types, and what our dependencies are. All checks run,
// so that one look shows everything there is to mend.

import { join } from "node:path";
import { build } from "./build.mjs";
import { capture, done, isProgram, main, root, run } from "./process.mjs";
import { setUp } from "./setup.mjs";
import { deny } from "./setup/deny.mjs";
import { quick } from "./target.mjs";

/** Runs every check on what is built; returns how many passed and failed, and `why`. */
export async function lint(tools) {
  await components(tools.host);
  const all = checks({ ...tools, cargoDeny: await deny(tools.host) });
  const failed = [];
  for (const [name, command, args, env] of all) {
    console.log(`\n── ${name} ──`);
    try {
      await run(command, args, { env });
      done(name);
    } catch {
      failed.push(name);
    }
  }
  return { passed: all.length - failed.length, failed: failed.length, why: failed.length > 0 ? `to mend: ${failed.join(", ")}` : undefined };
}

function checks({ host, wasm, cargoDeny }) {
  const strict = ["--", "--deny", "warnings"];
  const browser = quick(wasm);
  const bin = (name, path) => [process.execPath, join(root, "node_modules", name, "bin", path)];
  const [node, oxlint] = bin("oxlint", "oxlint");
  const [, tsc] = bin("typescript", "tsc");
  return [
    ["rustfmt", host.cargo, ["fmt", "--all", "--check"], host.env],
    ["clippy", host.cargo, ["clippy", "--workspace", "--all-targets", ...strict], host.env],
    ["clippy for the browser", wasm.cargo, ["clippy", ...browser.args, "--lib", "--test", "*", ...strict], browser.env],
    ["cargo doc", host.cargo, ["doc", "--workspace", "--no-deps"], { ...host.env, ...DOCUMENTED }],
    ["cargo doc for the browser", wasm.cargo, ["doc", ...browser.args, "--no-deps"], { ...browser.env, ...DOCUMENTED }],
    ["oxlint", node, [oxlint, "--deny-warnings"], {}],
    ["tsc", node, [tsc, "--pretty"], {}],
    // Its database of advisories is not within reach everywhere, and changes without us.
    ["cargo-deny", cargoDeny, ["--workspace", "check", "bans", "licenses", "sources"], host.env],
  ];
}

async function components({ cargo, env }) {
  for (const [command, component] of [["fmt", "rustfmt"], ["clippy", "clippy"]]) {
    if ((await capture(cargo, [command, "--version"], { env })).code === 0) continue;
    await run("rustup", ["component", "add", component], {
      otherwise: `${component} is missing: \`rustup component add ${component}\`, or on Debian the package ${DEBIAN[component]}.`,
    });
  }
}

// A link that leads nowhere, and the like.
const DOCUMENTED = { RUSTDOCFLAGS: "--deny warnings" };

const DEBIAN = { rustfmt: "rustfmt-web", clippy: "rust-web-clippy" };

if (isProgram(import.meta.url)) {
  main(async () => {
    const tools = await setUp();
    // The scripts import the module's glue, and their types are those of what it really exports.
    await build(tools);
    const { failed, why } = await lint(tools);
    if (why) console.error(`\n✗ ${why}`);
    return failed > 0 ? 1 : 0;
  });
}
