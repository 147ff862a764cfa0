// The entries of frameworks in what renders pages on a server. React's is tried with Next, see tests/apps.

import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { compile } from "svelte/compiler";
import { render } from "svelte/server";
import { createSSRApp, h } from "vue";
import { renderToString } from "vue/server-renderer";
import { root } from "../../tools/process.mjs";

const token = () => assert.fail("no token is asked for");

test("Vue renders an app that has the plugin and its composables, and nothing starts", async (t) => {
  silent(t);
  const { createOmneo, useConsent, useOmneo, useProductView } = await import("omneo-interactions/vue");
  const setup = () => {
    useProductView(() => ({ name: "Linen wrap dress" }));
    useConsent(["analytics"]);
    useOmneo().pageView();
    return () => h("h1", "Shop");
  };
  for (const tenant of ["acme", "bolt"]) assert.equal(await renderToString(createSSRApp({ setup }).use(createOmneo({ tenant, token }))), "<h1>Shop</h1>");
});

test("Svelte renders a layout that starts, and nothing starts", async (t) => {
  silent(t);
  const source = `
    <script>
      import { showProduct, startOmneo, useOmneo } from "omneo-interactions/svelte";
      let { settings } = $props();
      startOmneo(() => settings);
      useOmneo().pageView();
      showProduct({ name: "Linen wrap dress" })();
    </script>
    <h1>Shop</h1>`;
  const folder = join(root, "target", "package");
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "Shop.js");
  writeFileSync(path, compile(source, { generate: "server" }).js.code);
  const { default: Shop } = await import(pathToFileURL(path));
  for (const tenant of ["acme", "bolt"]) assert.match(render(Shop, { props: { settings: { tenant, token } } }).body, /<h1>Shop<\/h1>/);
});

// Another visitor's settings are no change of the first one's.
function silent(t) {
  t.mock.method(console, "warn", (...words) => assert.fail(words.join(" ")));
}
