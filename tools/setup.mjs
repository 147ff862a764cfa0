// `npm run setup`, and the first thing that every other script does: what is missing is installed, what is there is left alone.
// With `--tests` also what only the tests need.

import { Failure, done, isProgram, main } from "./process.mjs";
import { bindgen } from "./setup/bindgen.mjs";
import { browsers } from "./setup/browsers.mjs";
import { packages } from "./setup/packages.mjs";
import { rust } from "./setup/rust.mjs";

const NODE = 20;

/** Answers what later steps need: `{host, wasm, bindgen}`, and for tests `{testRunner, browsers}`. */
export async function setUp({ tests = false } = {}) {
  if (Number.parseInt(process.versions.node) < NODE) {
    throw new Failure(`Node.js ${NODE} or newer is needed and this is ${process.versions.node}: install one from nodejs.org.`);
  }
  done(`Node.js ${process.versions.node}`);
  const toolchains = await rust();
  await packages();
  const programs = { ...toolchains, ...(await bindgen(toolchains.host, { tests })) };
  return tests ? { ...programs, browsers: await browsers(toolchains.host) } : programs;
}

if (isProgram(import.meta.url)) main(async (args) => void (await setUp({ tests: args.includes("--tests") })));
