// A page for each consent platform, with the platform on it, in a folder that a sandbox can serve.

import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";

const FOLDER = "tests/e2e/platforms";
const IAB = '<script src="/stubs.js"></script>';

/** Each platform: how the tracker is told of it, what else is on its page, and what it is tested with. */
export const PLATFORMS = {
  calls: { title: "none: the site calls `consent()`", tested: "itself", attributes: "" },
  remember: {
    title: "none: `remember` asks",
    tested: "itself",
    attributes: `data-consent='{"remember":{"texts":{"agree":"Accept","decline":"Reject"}}}'`,
  },
  own: { title: "any other, by the recipe", tested: "the recipe", tracker: "" },
  tcf: { title: "IAB TCF 2.3", tested: "the real `@iabtechlabtcf/cmpapi`", head: IAB },
  gpp: { title: "IAB GPP, section of the United States", tested: "the real `@iabgpp/cmpapi`", head: IAB, html: 'data-section="usnat"' },
  "gpp-eu": { title: "IAB GPP, section of Europe", tested: "the real `@iabgpp/cmpapi`", script: "gpp", named: "gpp", head: IAB, html: 'data-section="tcfeuv2"' },
  google: { title: "Google Consent Mode v2" },
  shopify: { title: "Shopify Customer Privacy" },
  cookieconsent: {
    title: "vanilla-cookieconsent 3",
    tested: "the real `vanilla-cookieconsent`",
    head: '<link rel="stylesheet" href="/cookieconsent.css"><script src="/cookieconsent.umd.js"></script>',
    files: ["vanilla-cookieconsent/dist/cookieconsent.css", "vanilla-cookieconsent/dist/cookieconsent.umd.js"],
  },
  klaro: {
    title: "klaro 0.7",
    tested: "the real `klaro`",
    script: "klaro-config",
    after: '<script defer charset="utf-8" src="/klaro.js"></script>',
    files: ["klaro/dist/klaro.js"],
    withdraw: ["Omneo", "Save"],
  },
  cookiebot: { title: "Cookiebot" },
  onetrust: { title: "OneTrust" },
  gpc: {
    title: "Global Privacy Control",
    tested: "Firefox' own setting; Chromium has none yet",
    script: "calls",
    attributes: "",
    declines: true,
    preferences: {
      firefox: { "privacy.globalprivacycontrol.enabled": true, "privacy.globalprivacycontrol.functionality.enabled": true },
    },
    // Chromium and WebKit have no such setting yet.
    head: '<script src="/gpc.js"></script>',
  },
  dnt: {
    title: "Do Not Track, where the site set `doNotTrack` to `deny`",
    tested: "the browsers' own setting",
    script: "calls",
    attributes: 'data-do-not-track="deny"',
    declines: true,
    preferences: { firefox: { "privacy.donottrackheader.enabled": true }, chromium: { enable_do_not_track: true } },
    lacking: { webkit: "WebKit has no Do Not Track" },
  },
};

/** Writes the pages, `/<platform>/`, and answers their folder; it is gone when the test is over. */
export async function pages(t) {
  const folder = mkdtempSync(join(tmpdir(), "omneo-platforms-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  await build({
    entryPoints: Object.entries(PLATFORMS).map(([name, { script = name }]) => `${FOLDER}/${script}.js`),
    outdir: folder,
    bundle: true,
    format: "esm",
    external: ["/omneo/*"],
    logLevel: "error",
  });
  for (const file of ["stubs.js", "gpc.js"]) cpSync(join(FOLDER, file), join(folder, file));
  cpSync("www/assets/omneo-stub.js", join(folder, "omneo-stub.js"));
  for (const [name, platform] of Object.entries(PLATFORMS)) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, "index.html"), page(name, platform));
    for (const file of platform.files ?? []) cpSync(join("node_modules", file), join(folder, file.split("/").at(-1)));
  }
  return folder;
}

function page(name, { named = name, attributes = `data-consent="${named}"`, tracker, script = name, head = "", after = "", html = "" }) {
  const tag = `<script src="/omneo-stub.js"></script>
    <script async src="/omneo/snippet.js" data-endpoint="/" data-token-url="/omneo/token" ${attributes}></script>`;
  return `<!doctype html>
<html lang="en" ${html}>
  <head>
    <meta charset="utf-8">
    <title>${name}</title>
    <link rel="icon" href="data:,">
    ${head}
    ${tracker ?? tag}
    <script type="module" src="/${script}.js"></script>
    ${after}
  </head>
  <body></body>
</html>
`;
}
