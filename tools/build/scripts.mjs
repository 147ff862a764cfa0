// The scripts: `js/` and the modules' glue, each entry in one file.

import { copyFileSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Failure, root, timed } from "../process.mjs";

/** What asks a consent platform, a file for each: a visitor downloads the one that the site names. */
export const PLATFORMS = readdirSync(join(root, "js", "consent"))
  .filter((name) => name.endsWith(".js"))
  .map((name) => `consent/${name}`);

/** The ways into the package: beside the module, with a module of the site's own, with the module within, and on a server. */
const [BESIDE, SLIM, INLINE, SERVER] = ["omneo-interactions.js", "slim.js", "inline.js", "server.js"];

/** What runs on a page or a server. */
export const SCRIPTS = [BESIDE, SLIM, INLINE, SERVER, "snippet.js"];

/** What of `js/` is shipped as it is: nothing that a visitor downloads. */
export const TYPES = ["omneo-interactions.d.ts", "slim.d.ts", "inline.d.ts", "policy.schema.json", "consent/platform.d.ts"];

/** `canFallBack`: whether there is a fallback to load. */
export async function makeScripts(canFallBack) {
  await timed("bundling the scripts", "dist/*.js, dist/consent/", async () => {
    const { build } = await import("esbuild");
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const bundle = (names, { format = "esm", fallback = canFallBack, drop = [] } = {}) =>
      build({
        absWorkingDir: root,
        entryPoints: names.map((name) => `js/${name}`),
        outdir: "dist",
        outbase: "js",
        external: ["./consent/*", "./fallback.js"],
        loader: { ".deflated": "binary" },
        drop,
        bundle: true,
        minify: true,
        format,
        target: "es2022",
        charset: "utf8",
        define: { __VERSION__: JSON.stringify(version), __FALLBACK__: String(fallback) },
        legalComments: "none",
        logLevel: "warning",
      });
    // The glue's own warning is for who calls it in another way than js/module.js does.
    const drop = ["console"];
    const scripts = [
      bundle([BESIDE, SLIM, SERVER, ...PLATFORMS], { drop }),
      // In one file, what only few browsers load would be loaded by all.
      bundle([INLINE], { drop, fallback: false }),
      bundle(["snippet.js"], { format: "iife" }),
      ...(canFallBack ? [bundle(["fallback.js"])] : []),
    ];
    await Promise.all(scripts).catch(() => {
      throw new Failure("The scripts in js/ cannot be bundled; esbuild's message above says why.");
    });
    for (const name of TYPES) copyFileSync(join(root, "js", name), join(root, "dist", name));
  });
}
