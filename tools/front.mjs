// The example of a front end in Rust, `examples/yew`, as its reader would build it: by Cargo and wasm-bindgen, and nothing else.

import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { quickly } from "./setup/bindgen.mjs";
import { root, run } from "./process.mjs";
import { TARGET, TARGET_DIRECTORY, forBrowsers } from "./target.mjs";

const EXAMPLE = join(root, "examples", "yew");
const NAME = "shop";

/** Builds it and answers the folder of its site. `tools` is what the set-up answered. */
export async function front({ wasm, bindgen }) {
  const site = join(root, "target", "front");
  const { args, env } = forBrowsers(wasm);
  const binary = ["rustc", "--manifest-path", join(EXAMPLE, "Cargo.toml"), "--bin", NAME, ...args, "--", "--deny", "warnings"];
  await run(wasm.cargo, binary, {
    env: { ...env, ...quickly(TARGET_DIRECTORY) },
    otherwise: "The example in examples/yew does not compile; the compiler's message above says why.",
  });
  rmSync(site, { recursive: true, force: true });
  mkdirSync(site, { recursive: true });
  await run(bindgen, [join(TARGET_DIRECTORY, TARGET, "debug", `${NAME}.wasm`), site, NAME, "web"], {
    otherwise: "wasm-bindgen refuses examples/yew: its Cargo.lock must have the versions of the workspace's.",
  });
  for (const name of ["index.html", "start.js"]) copyFileSync(join(EXAMPLE, name), join(site, name));
  return site;
}
