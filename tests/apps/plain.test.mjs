// The examples without a tool, word for word but for where records go: the plain page, and what Tag Manager loads. Tag Manager itself
// is not here; `injectScript` is what its documentation says that it does.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { root } from "../../tools/process.mjs";
import { openBrowser } from "../e2e/browser.mjs";
import { ADA, startSandbox } from "../e2e/sandbox.mjs";
import { serve } from "../e2e/serve.mjs";
import { home, hosted, settle } from "./home.mjs";

before(() => settle(["plain"]));

test("the plain page records once the visitor has agreed", async (t) => {
  const site = await startSite(t, { "index.html": example("html/index.html") });
  await site.visitor.ready();
  assert.deepEqual(await site.sandbox.interactions(), []);
  await site.visitor.click("Convenient: remember what I look at");
  await site.arrive("Viewed product: Linen wrap dress");
});

const TAGS = {
  "a custom HTML tag": example("gtm/tag.html"),
  "a custom template": `<script>
    const data = { gtmOnSuccess() {}, gtmOnFailure() {} };
    const require = () => (src) => document.head.append(Object.assign(document.createElement("script"), { src, async: true }));
    ${example("gtm/template.js").replace("https://www.acme.example", "")}
  </script>`,
};

for (const [name, tag] of Object.entries(TAGS)) {
  test(`${name} of Tag Manager, fired twice, is one tracker that heeds consent mode`, async (t) => {
    const page = `<!doctype html><title>Tag Manager</title>
      <script>
        window.dataLayer = [];
        function gtag() { dataLayer.push(arguments) }
        gtag("consent", "default", { analytics_storage: "denied" });
      </script>
      <button onclick="gtag('consent', 'update', { analytics_storage: 'granted' })">Agree</button>
      ${tag} <script async src="/omneo/start.js?again"></script>`;
    const site = await startSite(t, { "index.html": page, "omneo/start.js": example("gtm/start.js") });
    await site.visitor.ready();
    assert.deepEqual(await site.sandbox.interactions(), []);
    await site.visitor.click("Agree");
    await site.arrive("Viewed page: Tag Manager");
    await site.visitor.run("await omneo('flush')");
    assert.equal((await site.sandbox.interactions()).filter(({ name }) => name.startsWith("Viewed page")).length, 1);
  });
}

/** A site of these files where Ada is signed in, whose records go to the sandbox, and a visitor on its first page. */
async function startSite(t, files) {
  const sandbox = await startSandbox(t);
  const { body } = await sandbox.call("POST", "/id/api/v1/auth/token", { id: ADA });
  mkdirSync(join(home, "plain"), { recursive: true });
  hosted("plain");
  for (const [name, text] of Object.entries({ ...files, "omneo/token": JSON.stringify(body.data) })) {
    const settled = text.replace('data-tenant="acme"', `data-endpoint="${sandbox.origin}"`).replace('tenant: "acme"', `endpoint: "${sandbox.origin}"`);
    writeFileSync(join(home, "plain", name), settled);
  }
  const visitor = await openBrowser(t);
  await visitor.open(await serve(t, join(home, "plain")));
  const names = async () => (await sandbox.interactions()).map(({ name }) => name);
  return { sandbox, visitor, arrive: (name) => visitor.until(async () => (await names()).includes(name), name) };
}

function example(path) {
  return readFileSync(join(root, "examples", path), "utf8");
}
