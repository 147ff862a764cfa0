// Which script imports which other: by `import` and `export … from`, also by `import()` of a name that stands there. Types in
// comments do not count; nothing is left of them when the script runs.

import { build } from "esbuild";
import { relative, resolve, sep } from "node:path";

/** The imports among those scripts of `folder` and of other files in it, as `{from, to}`. */
export async function importsOfScripts(scripts, folder) {
  const imports = [];
  const path = (file) => relative(folder, file).split(sep).join("/");
  const noted = {
    name: "noted",
    setup: ({ onResolve }) =>
      onResolve({ filter: /./ }, ({ kind, path: name, importer, resolveDir }) => {
        if (kind === "entry-point") return undefined;
        if (name.startsWith(".")) imports.push({ from: path(importer), to: path(resolve(resolveDir, name)) });
        return { external: true };
      }),
  };
  await build({ absWorkingDir: folder, entryPoints: scripts, bundle: true, write: false, outdir: "none", logLevel: "error", format: "esm", plugins: [noted] });
  return imports;
}
