// No redirect is followed with a token or a record, and none to a token.

import assert from "node:assert/strict";
import { test } from "node:test";
import { name, openBrowser } from "./browser.mjs";
import { STUB, openShop, tag } from "./shop.mjs";

const RECORDS = "/id/api/v1/profiles/me/interactions";
const HEAR = `<script>
  window.told = [];
  for (const event of ["failed", "refused", "delivered"]) omneo("on", event, ({ rule, reason }) => told.push(rule ?? reason ?? event));
</script>`;

const to = (path, status) => (_, response) => response.writeHead(status, { Location: path }).end();

test(`${name}: at a token endpoint that redirects nobody is signed in, and it is not asked again`, async (t) => {
  const shop = await openShop(t);
  const visitor = await openBrowser(t);
  shop.page = `<title>Shop</title>${STUB}${HEAR}${tag()}`;
  shop.answers["/omneo/token"] = to("/login", 302);
  await visitor.open(`${shop.origin}/`);
  await visitor.ready();
  const report = await visitor.run("await omneo('flush'); omneo('login'); return omneo('flush')");
  assert.deepEqual(await visitor.run("return told"), ["signed-out"], "the login; of the view nobody is told");
  assert.deepEqual([report.kept, shop.asked("/omneo/token"), shop.asked("/login")], [0, 2, 0], "asked again for the login alone");
  assert.deepEqual(shop.records, []);
});

for (const status of [302, 307]) {
  test(`${name}: a record is not sent where a ${status} points, and waits`, async (t) => {
    const shop = await openShop(t);
    const visitor = await openBrowser(t);
    shop.page = `<title>Shop</title>${STUB}${HEAR}${tag()}`;
    shop.answers[RECORDS] = to("/elsewhere", status);
    await visitor.open(`${shop.origin}/`);
    await visitor.ready();
    const { delivered, kept } = await visitor.run("return omneo('flush')");
    assert.deepEqual([delivered, kept > 0, shop.asked("/elsewhere")], [0, true, 0]);
  });
}
