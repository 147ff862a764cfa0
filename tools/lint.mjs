// `npm run lint`: layout, warnings as errors, and types. All checks run, so that one look shows everything there is to mend.

import { join } from "node:path";
import { build } from "./build.mjs";
import { Failure, capture, done, main, root, run } from "./process.mjs";
import { setUp } from "./setup.mjs";
import { quick } from "./target.mjs";

main(async () => {
  const tools = await setUp();
  await components(tools.host);
  // The scripts import the module's glue, and their types are those of what it really exports.
  await build(tools);
  const failed = [];
  for (const [name, command, args, env] of checks(tools)) {
    console.log(`\n── ${name} ──`);
    try {
      await run(command, args, { env });
      done(name);
    } catch {
      failed.push(name);
    }
  }
  if (failed.length > 0) throw new Failure(`To mend: ${failed.join(", ")}.`);
});

function checks({ host, wasm }) {
  const strict = ["--", "--deny", "warnings"];
  const browser = quick(wasm);
  const bin = (name, path) => [process.execPath, join(root, "node_modules", name, "bin", path)];
  const [node, oxlint] = bin("oxlint", "oxlint");
  const [, tsc] = bin("typescript", "tsc");
  return [
    ["rustfmt", host.cargo, ["fmt", "--all", "--check"], host.env],
    ["clippy", host.cargo, ["clippy", "--workspace", "--all-targets", ...strict], host.env],
    ["clippy for the browser", wasm.cargo, ["clippy", ...browser.args, "--lib", "--test", "*", ...strict], browser.env],
    ["oxlint", node, [oxlint, "--deny-warnings"], {}],
    ["tsc", node, [tsc, "--pretty"], {}],
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

const DEBIAN = { rustfmt: "rustfmt-web", clippy: "rust-web-clippy" };
