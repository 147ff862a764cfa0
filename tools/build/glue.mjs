// What wasm-bindgen's JavaScript still needs before it is bundled.

import { readFileSync, writeFileSync } from "node:fs";
import { Failure } from "../process.mjs";

/** Finishes the JavaScript in that file, which lies two folders below the root. */
export function finishGlue(path) {
  writeFileSync(path, behindNames(fromSources(readFileSync(path, "utf8"))));
}

/**
 * Calls by their short names what the module and its JavaScript have of each other: `map` is what wasm-opt tells of the short names.
 *
 * The long ones have 16 digits each that compress to nothing less, and both files have them.
 */
export function shortenNames(path, { imports, exports }) {
  writeFileSync(path, withShortImports(withShortExports(readFileSync(path, "utf8"), exports), imports));
}

// The scripts beside Rust are copied; what else imports them has them from where they are.
const fromSources = (glue) => glue.replace(/^(import .* from )(["'])\.\/snippets\/[^/]+\//gm, "$1$2../../");

// A page may have a `URL` of its own; nobody has the standard's other name for it.
const behindNames = (glue) => replaced(glue, "new URL(getString", "new webkitURL(getString");

function withShortExports(glue, exports) {
  return glue.replace(/\bwasm\.(\w+)/g, (_, name) => `wasm.${exports.find(([long]) => long === name)?.[1] ?? unknown(name)}`);
}

// What is handed on from a script as it is lies in an object of its own, which is not written so often any more.
function withShortImports(glue, imports) {
  const own = imports.filter(([module]) => module === OWN);
  const others = imports.filter(([module]) => module !== OWN);
  let short = glue;
  for (const [, long, name] of own) short = replaced(short, `\n        ${long}: `, `\n        ${name}: `);
  const handedOn = others.map(([module, long, name]) => `\n        ${name}: ${place(glue, module)}.${long},`);
  short = replaced(short, "const import0 = {\n        __proto__: null,", `const import0 = {\n        __proto__: null,${handedOn.join("")}`);
  return short.replace(/return \{\n +__proto__: null,\n +"\.\/omneo[^}]*\}/, "return { __proto__: null, a: import0 }");
}

const OWN = "./omneo-interactions_bg.js";

// By which name the JavaScript knows a script that it hands something on from.
const place = (glue, module) => glue.split("\n").find((line) => line.trim().startsWith(`"${module}": `))?.match(/import\d+/)?.[0] ?? unknown(module);

function replaced(text, from, to) {
  if (!text.includes(from)) unknown(from);
  return text.replaceAll(from, to);
}

/** @returns {never} */
function unknown(what) {
  throw new Failure(`wasm-bindgen writes its JavaScript in another way than before: tools/build/glue.mjs looks for ${JSON.stringify(what)}.`);
}
