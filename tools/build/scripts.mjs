// The scripts: `js/` and the modules' glue, each entry in one file.

import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { Failure, root, timed } from "../process.mjs";
import { INTEGRITY, integrity, writeIntegrity } from "./integrity.mjs";

/**
 * What asks a consent platform, follows what a site emits or an embedded form, or has a shop's token, a file for each: a visitor
 * downloads those that the site names.
 */
export const ADAPTERS = ["consent", "events", "forms"].flatMap(scriptsOf).concat("shopify.js");

/** The entries of frameworks, and what they have in common: a file of its own, so that a page with two of them has one tracker. */
const [FRAMEWORKS, COMMON] = [scriptsOf("frameworks"), "page-tracker.js"];

/**
 * The ways into the package: the start; and without one, beside the module, with a module of the site's own, with the module within;
 * and on a server.
 */
const [ENTRY, BESIDE, SLIM, INLINE] = ["entry.js", "omneo-interactions.js", "slim.js", "inline.js"];
const SERVERS = ["server.js", "server-loaded.js"];
const TESTING = "testing.js";

/** The package's command, for a developer's terminal. */
const CHECK = "check.js";
const [SNIPPET, FALLBACK, MODULE] = ["snippet.js", "fallback.js", "omneo-interactions.wasm"];

/** What a page loads only where it has such markup. */
const MARKUP = "product-markup.js";

/** What a page loads only where the policy keeps fields of forms. */
const FIELDS = "kept-fields.js";

/** What a start loads only where the browser has no Navigation API, and where a form is submitted before the tracker is there. */
const NOTES = ["history.js", "submission.js"];

/** What asks for consent where the site has no platform, and there is no answer yet. */
const BANNER = "banner.js";

/** What shows whoever builds the site what happens, where they ask for it. */
const INSPECTOR = "inspect.js";

/** What warns them of settings that do not what was meant, on their machine and where the inspector is open. */
const ADVICE = "advice.js";

/** What shows a brand what its customers did: for the command's own page, and for the demo's. */
const REPORTS = ["reports.js", "reports.css"];

/** What shows a customer's own records, where a page has it, and its words but for the English ones, which are in it. */
const PRIVACY = "privacy.js";
const LANGUAGES = readdirSync(join(root, "js", "languages"))
  .filter((name) => name !== "en.js")
  .map((name) => `languages/${name}`);

/** What of `js/` is shipped as it is: nothing that a visitor downloads. */
const OURS = ["omneo-interactions.d.ts", "slim.d.ts", "inline.d.ts", "testing.d.ts", "shopify.d.ts", "privacy.d.ts", "policy.schema.json"];
const ADAPTER_TYPES = ["consent/platform.d.ts", "events/source.d.ts", "forms/embed.d.ts"];
const TYPES = [...OURS, ...ADAPTER_TYPES, "frameworks/settings.d.ts", ...FRAMEWORKS.map((name) => name.replace(/js$/, "d.ts"))];

const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

// Names that a cache may keep for good: what such a file holds never changes.
const versioned = (name) => `versioned/${name.replace(/(?=\.\w+$)/, `-${version}`)}`;
const plain = (name) => name;

/** What a site downloads that has the script tag, in the order it does, and by names of both kinds. */
export const HOSTED = [SNIPPET, BESIDE, MODULE];
export const VERSIONED = HOSTED.map(versioned);

/** All that some visitor's browser may download, by plain names. */
export const DOWNLOADED = [...HOSTED, MARKUP, FIELDS, ...NOTES, ...ADAPTERS, BANNER, INSPECTOR, ADVICE, PRIVACY, ...LANGUAGES, ENTRY, SLIM, INLINE, FALLBACK, COMMON, ...FRAMEWORKS];

/** What no page loads as it is: it imports others by their packages' names, or is for servers. */
const BUNDLED = [...SERVERS, COMMON, ...FRAMEWORKS];

/** All that is made here, besides the module. */
export function made(canFallBack) {
  const tag = [SNIPPET, BESIDE, MARKUP, FIELDS, ...NOTES, ...ADAPTERS, BANNER, INSPECTOR, ADVICE, PRIVACY, ...LANGUAGES, ...(canFallBack ? [FALLBACK] : [])];
  return [...tag, ...tag.map(versioned), versioned(MODULE), ENTRY, SLIM, INLINE, ...BUNDLED, TESTING, CHECK, ...REPORTS, ...TYPES, INTEGRITY];
}

/** `canFallBack`: whether there is a fallback to load. */
export async function makeScripts(canFallBack) {
  await timed("bundling the scripts", "dist/*.js, dist/consent/, dist/events/, dist/versioned/", async () => {
    const { build } = await import("esbuild");
    rmSync(join(root, "dist", "versioned"), { recursive: true, force: true });
    mkdirSync(join(root, "dist", "versioned"), { recursive: true });
    copyFileSync(join(root, "dist", MODULE), join(root, "dist", versioned(MODULE)));
    await Promise.all([plain, versioned].map((called) => tag(build, called, canFallBack))).catch(mistaken);
    await Promise.all([
      bundle(build, [SLIM, ...SERVERS], { fallback: canFallBack, drop: ["console"] }),
      // In one file, what only few browsers load would be loaded by all.
      bundle(build, [INLINE], { fallback: false, drop: ["console"] }),
      // Read by people, in what their test runner shows.
      bundle(build, [TESTING], { minify: false }),
      bundle(build, [COMMON, ...FRAMEWORKS], { packages: "external" }),
      bundle(build, [REPORTS[0]]),
      command(build),
    ]).catch(mistaken);
    copyFileSync(join(root, "js", "reports", REPORTS[1]), join(root, "dist", REPORTS[1]));
    for (const name of TYPES) copyFileSync(join(root, "js", name), join(root, "dist", name));
    const loaded = [MODULE, versioned(MODULE), ...made(canFallBack).filter((name) => name.endsWith(".js") && ![...BUNDLED, TESTING, CHECK, ...REPORTS].includes(name))];
    writeIntegrity(loaded.sort());
  });
}

// The script tag's files: each knows the names of those that it loads, and the hash of the next.
async function tag(build, called, fallback) {
  const module = { __MODULE__: beside(called(MODULE)), __MODULE_INTEGRITY__: integrity(MODULE, "sha256") };
  // The glue's own warning is for who calls it in another way than js/module.js does.
  await bundle(build, [BESIDE, MARKUP, FIELDS, ...NOTES, ...ADAPTERS, BANNER, INSPECTOR, ADVICE, PRIVACY, ...LANGUAGES], { called, fallback, drop: ["console"], define: module });
  if (fallback) await bundle(build, [FALLBACK], { called });
  const script = { __SCRIPT__: beside(called(BESIDE)), __SCRIPT_INTEGRITY__: integrity(called(BESIDE), "sha256") };
  const others = { __JS__: basename(called(".js")) };
  // It is no module: what it declares must stay within.
  await bundle(build, [SNIPPET], { called, define: { ...module, ...script, ...others }, format: "iife" });
  if (called === plain) await bundle(build, [ENTRY], { define: module });
}

// With the licences of the libraries that are in it.
async function command(build) {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: ["check/main.mjs"],
    outfile: `dist/${CHECK}`,
    plugins: [leave(plain)],
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    loader: { ".css": "text", ".md": "text", ".txt": "text" },
    define: { __FALLBACK__: "false", __VERSION__: JSON.stringify(version) },
    metafile: true,
    legalComments: "none",
    logLevel: "warning",
    write: false,
  });
  const packages = new Set(Object.keys(metafile.inputs).flatMap((path) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []));
  const licences = [...packages].sort().map((path) => `\n/* ${path.replace("node_modules/", "")}\n\n${licence(path)}*/\n`);
  writeFileSync(join(root, "dist", CHECK), outputFiles[0].text + licences.join(""), { mode: 0o755 });
}

function licence(path) {
  const name = readdirSync(join(root, path)).find((one) => /^licen[cs]e/i.test(one));
  return readFileSync(join(root, path, name), "utf8");
}

const beside = (name) => name.replace("versioned/", "");

/** `called` is how a file is called in `dist/`, the others what esbuild calls by these names. */
async function bundle(build, names, { called = plain, fallback = false, drop = [], define = {}, format = "esm", minify = true, packages } = {}) {
  const texts = { __VERSION__: version, ...define };
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: names.map((name) => ({ in: `js/${name}`, out: called(name).replace(/\.js$/, "") })),
    outdir: "dist",
    plugins: [leave(called)],
    loader: { ".deflated": "binary", ".txt": "text" },
    drop,
    bundle: true,
    packages,
    minify,
    format,
    target: "es2022",
    charset: "utf8",
    define: { ...Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, JSON.stringify(text)])), __FALLBACK__: `${fallback}` },
    legalComments: "none",
    logLevel: "warning",
    write: false,
  });
  for (const { path, text } of outputFiles) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, minify ? await shrink(path, text) : text);
  }
}

// Where esbuild leaves off: 3 % less of the tracker. Of what Rust was compiled to, it would take seconds to read it all.
async function shrink(path, text) {
  if (basename(path).startsWith("fallback")) return text;
  const { minify } = await import("terser");
  // What React's compilers read, `"use client"`, is no directive of the standard.
  const compress = { directives: false, ecma: 2022, passes: 3, hoist_funs: true, unsafe_arrows: true, keep_fargs: false };
  return (await minify(text, { module: true, ecma: 2022, compress })).code;
}

function scriptsOf(folder) {
  const names = readdirSync(join(root, "js", folder)).filter((name) => name.endsWith(".js"));
  return names.map((name) => `${folder}/${name}`);
}

// What only some visitors need is a file of its own, found beside the others; so is what frameworks have in common.
function leave(called) {
  return {
    name: "leave",
    setup: ({ onResolve }) => {
      onResolve({ filter: /^\.\.\/page-tracker\.js$/ }, ({ path }) => ({ path, external: true }));
      // An adapter lies in a folder of its own.
      onResolve({ filter: /^\.\.\/banner\.js$/ }, ({ path }) => ({ path: `../${beside(called(path.slice(3)))}`, external: true }));
      onResolve({ filter: /^(?:\.{1,2}|\.\.\/\.\.\/js)\/((?:consent|events|forms|languages)\/\w+|advice|fallback|history|inspect|kept-fields|omneo-interactions|product-markup|server-loaded|shopify|submission)\.js$/ }, ({ path, kind }) =>
        kind === "dynamic-import" ? { path: `./${beside(called(path.replace(/^.*js\/|^\.{1,2}\//, "")))}`, external: true } : undefined,
      );
    },
  };
}

function mistaken(error) {
  if (!error.errors) throw error;
  throw new Failure("The scripts in js/ cannot be bundled; esbuild's message above says why.");
}
