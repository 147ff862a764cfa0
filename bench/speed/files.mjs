// What the site of a visit serves: the page's files, and those of its tracker, each as small as brotli makes it.

import { readFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";
import { root } from "../../tools/process.mjs";

/** The files of a site with that tracker, by their path. */
export async function filesOf(tracker) {
  if (tracker.entry) return { ...PAGE, ...(await bundle(tracker.entry)) };
  return tracker.kind === "ours" ? { ...PAGE, ...OURS } : PAGE;
}

/** The page's document, and how many bytes of it are the tracker's. */
export function documentOf({ head }, collector) {
  const [file, bare] = [head, ""].map((head) => {
    const html = read("page/index.html").toString().replace("<!-- tracker -->", () => head);
    return compressed("index.html", Buffer.from(html.replaceAll("{collector}", collector)));
  });
  return { file: ofPage(file), bytes: file.body.length - bare.body.length };
}

// As a site's own build does it, with the same settings for all; what is loaded only where it is used stays a file of its own.
async function bundle(entry) {
  const { outputFiles } = await build({
    entryPoints: [here(entry)],
    bundle: true,
    minify: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    legalComments: "none",
    define: { "process.env.NODE_ENV": '"production"' },
    outdir: here("."),
    write: false,
    logLevel: "error",
  });
  return Object.fromEntries(outputFiles.map(({ path, contents }) => [`/tracker/${basename(path)}`, compressed(path, contents)]));
}

function compressed(name, bytes) {
  return { type: TYPES[extname(name)], encoding: "br", body: brotliCompressSync(bytes) };
}

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const read = (path) => readFileSync(here(path));
const ofPage = (file) => ({ ...file, isOfPage: true });

const TYPES = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".wasm": "application/wasm" };

const PAGE = Object.fromEntries(
  ["page.css", "page.js", "bench.js"].map((name) => [`/${name}`, ofPage(compressed(name, read(`page/${name}`)))]),
);
PAGE["/blank"] = ofPage({ type: "text/html", body: Buffer.from("<!doctype html><title>Blank</title>") });
PAGE["/hero.bmp"] = ofPage({ type: "image/bmp", body: picture(240, 120) });

const OURS = Object.fromEntries(
  ["snippet.js", "omneo-interactions.js", "omneo-interactions.wasm"].map((name) => [
    `/omneo/${name}`,
    compressed(name, readFileSync(join(root, "dist", name))),
  ]),
);

// A bitmap that looks different everywhere: browsers take a plain one for a background, not for content.
function picture(width, height) {
  const head = Buffer.alloc(54);
  head.write("BM");
  head.writeUInt32LE(54 + width * height * 3, 2);
  for (const [at, value] of [[10, 54], [14, 40], [18, width], [22, height]]) head.writeUInt32LE(value, at);
  for (const [at, value] of [[26, 1], [28, 24]]) head.writeUInt16LE(value, at);
  const pixels = Buffer.alloc(width * height * 3);
  for (let at = 0, state = 1; at < pixels.length; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    pixels[at] = 128 + (at % 97) + (state >>> 27);
  }
  return Buffer.concat([head, pixels]);
}
