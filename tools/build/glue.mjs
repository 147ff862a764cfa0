// What wasm-bindgen's JavaScript still needs before it is bundled.

import { readFileSync, writeFileSync } from "node:fs";
import { Failure } from "../process.mjs";

/** Finishes the JavaScript in that file. */
export function finishGlue(path) {
  writeFileSync(path, withoutTwins(behindNames(readFileSync(path, "utf8"))));
}

// A page may have a `URL` of its own; nobody has the standard's other name for it.
function behindNames(glue) {
  const behind = glue.replaceAll("new URL(getString", "new webkitURL(getString");
  if (behind === glue) throw new Failure("wasm-bindgen writes in another way than before how it makes a URL: see `behindNames`.");
  return behind;
}

// A script of ours is imported once for each function that is handed on as it is.
function withoutTwins(glue) {
  const seen = new Set();
  const isFirst = (line) => !line || (!seen.has(line) && seen.add(line));
  const kind = /^import \* as import\d+ from ("\S+")$|^\s+("\.\/snippets\S+"): import\d+,$/;
  return glue
    .split("\n")
    .filter((line) => isFirst(kind.exec(line)?.slice(1).join(" ")))
    .join("\n");
}
