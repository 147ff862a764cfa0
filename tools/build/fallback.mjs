// The same Rust as JavaScript, for browsers that run no WebAssembly.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure, binaryen, root, run, timed } from "../process.mjs";
import { NAME, compileForFallback } from "./compile.mjs";
import { finishGlue } from "./glue.mjs";

/** What js/fallback.js puts together: the way in, and what was a module. */
const FOLDER = "target/js";
const [GLUE, COMPILED] = [`${FOLDER}/${NAME}_bg.js`, `${FOLDER}/${NAME}.compiled.js`];
export const FALLBACK = [GLUE, COMPILED];

export async function makeFallback(tools) {
  await timed("compiling the module for browsers without WebAssembly", "compiled", () => compileForFallback(tools, join(root, FOLDER)));
  await timed("making JavaScript of it", COMPILED, async () => {
    await run(...binaryen("wasm2js", ["--mvp-features", "--enable-mutable-globals", "-Os", join(root, FOLDER, `${NAME}_bg.wasm`), "-o", join(root, COMPILED)]));
    finishGlue(join(root, GLUE));
    rewrite(GLUE, (glue) => freeByHand(seeGrowth(glue)));
    rewrite(COMPILED, instantiable);
    // Nobody's style, and nobody's types.
    for (const path of FALLBACK) rewrite(path, (text) => `// @ts-nocheck\n${text}`);
  });
}

/**
 * WebAssembly takes the buffer of a memory that grows from whoever looks at it; JavaScript cannot, so what asks for that here asks
 * whether it looks at the memory's buffer.
 */
export function seeGrowth(glue) {
  const seeing = glue.replace(/if \((cached\w+) === null \|\| .*\) \{/g, "if ($1?.buffer !== wasm.memory.buffer) {");
  if (seeing === glue || /byteLength === 0|\.detached/.test(seeing)) {
    throw new Failure("wasm-bindgen writes in another way than before how its JavaScript sees that memory has grown: see `seeGrowth`.");
  }
  return seeing;
}

// Where another instance has been made, what the garbage collector would free is something else in its memory.
const freeByHand = (glue) => glue.replace("typeof FinalizationRegistry === 'undefined'", "true");

// Not one instance, but as many as are asked for.
function instantiable(compiled) {
  return compiled.replace(/\nvar retasmFunc = (asmFunc\([^]*?\));[^]*$/, "\nexport const instantiate = () => $1;\n");
}

function rewrite(path, change) {
  writeFileSync(join(root, path), change(readFileSync(join(root, path), "utf8")));
}
