// The package as npm would publish it, by the tools that package authors are judged with.

import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { publint } from "publint";
import { root } from "../../tools/process.mjs";
import { pack } from "./pack.mjs";

const ENTRIES = ["omneo-interactions", "omneo-interactions/inline", "omneo-interactions/slim"];
const SOURCES = ["google", "shopify"];
const PLATFORMS = ["cookiebot", "cookieconsent", "google", "gpp", "klaro", "onetrust", "remember", "shopify", "tcf"];
const EMBEDS = ["hubspot", "klaviyo", "mailchimp", "typeform"];
const LANGUAGES = ["ar", "de", "es", "fr", "it", "ja"];
const FRAMEWORKS = ["react", "svelte", "vue"];
const FOLDERS = Object.entries({ consent: PLATFORMS, events: SOURCES, forms: EMBEDS });
const ADAPTERS = FOLDERS.flatMap(([folder, names]) => names.map((name) => `${folder}/${name}`));

let packed;
before(async () => (packed = await pack(join(root, "target", "package"))));

test("npm publishes these files and no others", () => {
  assert.deepEqual(packed.files.map(({ path }) => path).sort(), [
    "CHANGELOG.md",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "dist/advice.js",
    "dist/banner.js",
    "dist/check.js",
    ...[...PLATFORMS.map((name) => `dist/consent/${name}.js`), "dist/consent/platform.d.ts"].sort(),
    "dist/entry.js",
    ...SOURCES.map((name) => `dist/events/${name}.js`),
    "dist/events/source.d.ts",
    "dist/fallback.js",
    "dist/forms/embed.d.ts",
    ...EMBEDS.map((name) => `dist/forms/${name}.js`),
    ...FRAMEWORKS.flatMap((name) => [`dist/frameworks/${name}.d.ts`, `dist/frameworks/${name}.js`]).concat("dist/frameworks/settings.d.ts").sort(),
    "dist/history.js",
    "dist/inline.d.ts",
    "dist/inline.js",
    "dist/inspect.js",
    "dist/integrity.json",
    "dist/kept-fields.js",
    ...LANGUAGES.map((name) => `dist/languages/${name}.js`),
    "dist/omneo-interactions.d.ts",
    "dist/omneo-interactions.js",
    "dist/omneo-interactions.wasm",
    "dist/page-tracker.js",
    "dist/policy.schema.json",
    "dist/privacy.d.ts",
    "dist/privacy.js",
    "dist/product-markup.js",
    "dist/reports.css",
    "dist/reports.js",
    "dist/server-loaded.js",
    "dist/server.js",
    "dist/shopify.d.ts",
    "dist/shopify.js",
    "dist/slim.d.ts",
    "dist/slim.js",
    "dist/snippet.js",
    "dist/submission.js",
    "dist/testing.d.ts",
    "dist/testing.js",
    ...ADAPTERS.concat("advice", "banner", "fallback", "history", "inspect", "kept-fields", "omneo-interactions", "privacy", "product-markup", "shopify", "snippet", "submission", ...LANGUAGES.map((name) => `languages/${name}`))
      .map((name) => `dist/versioned/${name}-${packed.version}.js`)
      .concat(`dist/versioned/omneo-interactions-${packed.version}.wasm`)
      .sort(),
    // What the README links to, for whoever reads it in `node_modules`, but for the pictures.
    ...readdirSync(join(root, "docs"))
      .filter((name) => name.endsWith(".md"))
      .map((name) => `docs/${name}`)
      .sort(),
    "package.json",
  ]);
});

test("publint finds nothing", async () => {
  const { messages } = await publint({ pkgDir: root, strict: true });
  assert.deepEqual(messages, []);
});

// An ES module for bundlers and browsers: no `require` of it is promised, and what is no script has no types.
test("attw finds the types of every entry, by `exports` and by `main`", async () => {
  const excludeEntrypoints = ["./omneo-interactions.wasm", "./snippet.js", "./versioned/*"];
  const { problems } = await checkPackage(createPackageFromTarballData(packed.bytes), { excludeEntrypoints });
  const known = ({ entrypoint, resolutionKind }) => resolutionKind === "node16-cjs" || (resolutionKind === "node10" && entrypoint !== ".");
  assert.deepEqual(problems.filter((problem) => !known(problem)), []);
});

for (const entry of ENTRIES) {
  test(`${entry} does nothing on a server, and says so`, async () => {
    const { createTracker, OmneoError, version, ...others } = await import(entry);
    assert.deepEqual([others, version, new OmneoError("", {}).name], [{}, packed.version, "OmneoError"]);
    const tracker = await createTracker({ tenant: "acme", token: () => assert.fail("no token is asked for") });
    tracker.on("recorded", () => assert.fail("nothing is recorded"))();
    for (const call of ["pageView", "productView", "login", "formSubmission", "clienteling", "record", "signOut", "inspect"]) tracker[call]({});
    tracker.consent("granted");
    const { allowed, rule } = await tracker.explain({});
    assert.deepEqual([allowed, rule], [false, "server"]);
    assert.deepEqual(await tracker.flush(), { delivered: 0, refused: 0, kept: 0, failed: 0 });
    tracker.stop();
  });
}

test("each consent platform, each source of events and each embedded form has its file", async () => {
  for (const name of ADAPTERS) {
    const { default: adapter } = await import(`omneo-interactions/${name}`);
    assert.equal(typeof adapter, "function", name);
  }
});

test("omneo-interactions/shopify makes a token source on a server, and asks nobody", async () => {
  const { shopify, ...others } = await import("omneo-interactions/shopify");
  assert.deepEqual([others, typeof shopify({ tenant: "acme", customer: 7001, signature: "5e".repeat(32) })], [{}, "function"]);
});

test("omneo-interactions/privacy has a class on a server, and asks nobody", async () => {
  const { OmneoPrivacy, ...others } = await import("omneo-interactions/privacy");
  assert.deepEqual([others, typeof OmneoPrivacy], [{}, "function"]);
});

for (const name of FRAMEWORKS) {
  test(`omneo-interactions/${name} does nothing on a server, and its calls are those of a tracker`, async () => {
    const { useOmneo } = await import(`omneo-interactions/${name}`);
    const omneo = useOmneo();
    const { createTracker } = await import("omneo-interactions");
    const tracker = createTracker({ tenant: "acme", token: () => null });
    assert.ok(Object.keys(omneo).every((call) => typeof tracker[call] === "function"));
    for (const call of ["pageView", "productView", "login", "formSubmission", "clienteling", "record", "signOut"]) omneo[call]({});
    assert.equal((await omneo.explain({})).rule, "server");
    assert.deepEqual(await omneo.flush(), { delivered: 0, refused: 0, kept: 0, failed: 0 });
  });
}

test("a framework that a site does not have is not missed", () => {
  const { peerDependencies, peerDependenciesMeta, dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  assert.deepEqual(Object.keys(peerDependencies), FRAMEWORKS);
  assert.ok(FRAMEWORKS.every((name) => peerDependenciesMeta[name].optional));
  assert.equal(dependencies, undefined);
});
