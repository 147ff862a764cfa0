// The tracker's module on a developer's machine: what it says here, it says to a visitor.

import { readFile } from "node:fs/promises";
import { load } from "../js/module.js";

/** The module of the same package. */
const MODULE = new URL("omneo-interactions.wasm", import.meta.url);

/** Makes the module ready to be asked, as on a page of that address. */
export async function ready(href) {
  // What `js/settings.js` asks of its page.
  Object.assign(globalThis, { webkitURL: URL, location: { href } });
  await load(await WebAssembly.compile(await readFile(MODULE)));
}
