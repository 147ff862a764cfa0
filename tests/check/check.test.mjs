// `omneo-interactions check`: it finds each mistake that was planted in a copy of an example, and nothing else; and names the mend.

import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { test } from "node:test";
import { capture, root } from "../../tools/process.mjs";
import { listen } from "../e2e/serve.mjs";

const EXAMPLE = readFileSync(join(root, "examples", "html", "index.html"), "utf8");
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };
const SCRIPT_POLICY = "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; connect-src 'self' https://api.acme.getomneo.com";

/** On the tag. */
const says = (attributes) => ({ html: (html) => html.replace('data-tenant="acme"', `data-tenant="acme" ${attributes}`) });
const policy = (given) => says(`data-policy='${JSON.stringify(given)}'`);
const rule = (...rules) => policy({ rules: rules.map((rule, at) => ({ rule: `rule-${at}`, ...rule })) });
const answers = (path, status, headers = {}, body = "") => ({ answers: { [path]: { status, headers, body } } });
const script = (text) => ({ html: (html) => html.replace("</body>", `<script>${text}</script></body>`) });
/** A JSON Web Token with these claims, and nobody's signature. */
const token = (claims) => ["e30", claims, "c2lnbmF0dXJl"].map((part) => (typeof part === "string" ? part : Buffer.from(JSON.stringify(part)).toString("base64url"))).join(".").replace("e30", "eyJhbGciOiJIUzI1NiJ9");

/** What is planted, what is said of it, and how it is mended. */
const MISTAKES = {
  "an unknown key": [says('data-capure=\'{"forms":false}\''), /`data-capure`/, /`data-capture`/],
  "a policy that allows nothing": [policy({ extends: "nothing" }), /allows nothing/, /`rules`/],
  "a rule whose kind has another action": [rule({ kind: ["pageView"], action: ["service"] }), /"rule-0".* can never match: a pageView has action view/, /`action`/],
  "a rule for forms of what has none": [rule({ kind: ["login"], form: ["newsletter"] }), /no login has a form/, /formSubmission/],
  "a rule of a query": [rule({ url: ["/search?q=*"] }), /neither a query/, /the path alone/],
  "a rule behind a wider one": [rule({ kind: ["pageView", "record"] }, { kind: ["pageView"], url: ["/sale/*"] }), /"rule-1".* "rule-0" comes before/, /put it before/],
  "an endpoint without a scheme": [{ html: (html) => html.replace('data-tenant="acme"', 'data-endpoint="interactions.acme.example"') }, /without a scheme/, /https:\/\/interactions\.acme\.example/],
  "a token URL that answers HTML": [answers("/omneo/token", 200, { "Content-Type": "text/html; charset=utf-8" }, "<h1>Sign in</h1>"), /answers HTML/, /401/],
  "a token URL that redirects": [answers("/omneo/token", 302, { Location: "/sign-in" }), /redirects to \/sign-in/, /401/],
  "the wrong type of the module": [{ types: { ".wasm": "application/octet-stream" } }, /\.wasm comes as application\/octet-stream/, /application\/wasm/],
  "no 'wasm-unsafe-eval'": [{ headers: { "Content-Security-Policy": SCRIPT_POLICY.replace("'wasm-unsafe-eval'", "") } }, /lets no WebAssembly compile/, /'wasm-unsafe-eval' to script-src/],
  "a connect-src without the tenant": [{ headers: { "Content-Security-Policy": SCRIPT_POLICY.replace("acme", "acme-dev") } }, /lets nothing be sent to https:\/\/api\.acme\.getomneo\.com/, /to connect-src/],
  "the same in the page's head": [{ html: (html) => html.replace("<title>", `<meta http-equiv="Content-Security-Policy" content="default-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'"><title>`) }, /lets nothing be sent/, /to connect-src/],
  "a platform that is not there": [says('data-consent="cookieconsent"'), /names cookieconsent/, /put cookieconsent on the page/],
  "a module of another version": [answers("/omneo/omneo-interactions.wasm", 200, { "Content-Type": "application/wasm" }, "\0asm\x01\0\0\0"), /omneo-interactions\.wasm .* of two versions/, /one version/],
  "a script of another version": [answers("/omneo/omneo-interactions.js", 200, { "Content-Type": "text/javascript" }, "export {}"), /omneo-interactions\.js .* of two versions/, /one version/],
  "an `integrity` of another version": [says(`integrity="sha384-${Buffer.alloc(48).toString("base64")}"`), /snippet\.js .* the tag's `integrity`/, /one version/],
  "a file that is not there": [answers("/omneo/omneo-interactions.wasm", 404), /answered with 404/, /one folder/],
  "an admin token in the page": [script(`const OMNEO_ADMIN_TOKEN = "7|u5Yg0FqTz3Lw9Rk2";`), /an admin token/, /revoke it/],
  "an admin token in a header": [script(`fetch("/x", { headers: { Authorization: "Bearer ${token({ scopes: ["create-interactions"] })}" } })`), /an admin token/, /revoke it/],
  "a customer's token in the page": [script(`const token = "${token({ pid: "2f1c4d5e-0000-4000-8000-000000000001", exp: 1 })}"`), /a customer's token/, /no-store/],
  "a word that no setting knows": [says('data-route="profile"'), /`route` is "profile"/, /`data-route`/],
  "the sandbox's admin token": [script("const headers = { Authorization: 'Bearer sandbox-admin-token' }"), /an admin token/, /revoke it/],
  "a token URL that is not there": [answers("/omneo/token", 404, { "Content-Type": "text/html" }, "<h1>Not found</h1>"), /is not there/, /`data-token-url`/],
  "no source of tokens": [{ html: (html) => html.replace('data-token-url="/omneo/token"', "") }, /no source of the customer's token/, /`data-token-url`/],
  "a tenant and an endpoint": [says('data-endpoint="https://interactions.acme.example"'), /either tenant or endpoint/, /accepted/],
  "a setting whose name is nearly one of the start's": [says('data-signed-inn="true"'), /`data-signed-inn`/, /`data-signed-in`/],
  "words of a policy that are no arrays": [rule({ kind: "pageView", action: "view" }), /policy\.rules\[0\]\.kind/, /`data-policy`/],
  "a rule behind a wider pattern": [rule({ url: ["/sale/*"] }, { url: ["/sale/shoes/*"] }), /"rule-1".* "rule-0" comes before/, /put it before/],
  "a path that no browser writes": [rule({ url: ["/größe/*"] }), /percent-encoded/, /\/gr%C3%B6%C3%9Fe\/\*/],
  "an endpoint with half a scheme": [{ html: (html) => html.replace('data-tenant="acme"', 'data-endpoint="//interactions.acme.example"') }, /without a scheme/, /`https:\/\/interactions\.acme\.example`/],
  "an endpoint on this machine": [{ html: (html) => html.replace('data-tenant="acme"', 'data-endpoint="localhost:8787"') }, /without a scheme/, /`http:\/\/localhost:8787`/],
  "a token URL that answers a page without saying so": [answers("/omneo/token", 200, { "Content-Type": "text/plain" }, "<!doctype html><h1>Sign in</h1>"), /answers HTML/, /401/],
  "a token URL that takes no GET": [answers("/omneo/token", 405), /fails with 405/, /a GET/],
  "the type of the module with a parameter": [{ types: { ".wasm": "application/wasm; charset=utf-8" } }, /comes as application\/wasm; charset=utf-8/, /application\/wasm/],
  "a start that is another file": [answers("/omneo/snippet.js", 200, { "Content-Type": "text/html" }, "<!doctype html>"), /not the tracker's start/, /snippet\.js/],
  "a banner that is not there": [{ html: (html) => html.replace('data-tenant="acme"', 'data-tenant="acme" data-consent="remember"'), ...answers("/omneo/banner.js", 404) }, /banner\.js is answered with 404/, /one folder/],
  "an adapter that is not there": [{ html: (html) => html.replace("<title>", "<script>var klaroConfig</script><title>").replace('data-tenant="acme"', 'data-tenant="acme" data-consent="klaro"'), ...answers("/omneo/consent/klaro.js", 404) }, /consent\/klaro\.js is answered with 404/, /one folder/],
  "a connect-src of another path": [{ headers: { "Content-Security-Policy": SCRIPT_POLICY.replace("getomneo.com", "getomneo.com/other/") } }, /lets nothing be sent/, /connect-src 'self'/],
  "a connect-src that lets no relay be told of a withdrawal": [
    {
      html: (html) => html.replace('data-tenant="acme"', 'data-endpoint="https://relay.acme.example" data-route="relay"'),
      headers: { "Content-Security-Policy": SCRIPT_POLICY.replace("api.acme.getomneo.com", "relay.acme.example/relay/v1/profiles/me/interactions") },
    },
    /sent to https:\/\/relay\.acme\.example\/relay\/v1\/profiles\/me\/waiting/,
    /add https:\/\/relay\.acme\.example to connect-src/,
  ],
  "a connect-src without the token endpoint": [{ headers: { "Content-Security-Policy": SCRIPT_POLICY.replace("connect-src 'self'", "connect-src") } }, /sent to http:\/\/127[^ ]*\/omneo\/token/, /'self'/],
  "a token in an attribute of the tag": [{ html: (html) => html.replace('data-token-url="/omneo/token"', 'data-token="secret"') }, /everybody can read it/, /`data-token-url`/],
  "a placeholder": [{ html: (html) => html.replace('data-tenant="acme"', 'data-tenant="your-tenant"') }, /`data-tenant` is "your-tenant", which looks like a placeholder/, /handle of your tenant/],
  "a namespace that no rule allows": [{ html: (html) => html.replace('data-tenant="acme"', `data-tenant="acme" data-namespace="kiosk" data-policy='{"extends":"nothing","rules":[{"rule":"all","namespace":["web-engagement"]}]}'`) }, /`data-namespace` is "kiosk", which no rule/, /`namespace` of a rule/],
  "an option that the platform has not": [{ html: (html) => html.replace("<title>", "<script>var klaroConfig</script><title>").replace('data-tenant="acme"', `data-tenant="acme" data-consent='{"klaro":{"services":"crm"}}'`) }, /`data-consent\.klaro\.services`/, /write service/],
  "a second tag with other settings": [{ html: (html) => html.replace("</body>", '<script async src="/omneo/snippet.js" data-tenant="acme" data-token-url="/omneo/token" data-namespace="kiosk"></script></body>') }, /`data-namespace` is another, "kiosk", on a second tag/, /one tag/],
  "what is no JSON": [says("data-capture='{forms:false}'"), /`data-capture` is no JSON/, /double quotes/],
};

for (const [what, [planted, told, mend]] of Object.entries(MISTAKES)) {
  test(`${what} is found, and nothing else`, async (t) => {
    const { code, stdout } = await check(await served(t, planted));
    assert.match(stdout, told);
    assert.match(stdout, new RegExp(`Mend: .*${mend.source}`));
    assert.match(stdout, /^1 to mend\.$/m, stdout);
    assert.equal(code, 1);
    // Whoever shares what was printed shares no token.
    for (const [secret] of stdout.matchAll(/u5Yg0FqTz3Lw9Rk2|eyJ[\w-]{8,}/g)) assert.fail(secret);
  });
}

const RIGHT = {
  "the example": {},
  "a content security policy as docs/hosting.md has it": { headers: { "Content-Security-Policy": SCRIPT_POLICY } },
  "attributes of other people's tools": says('data-cfasync="false" data-turbo-track="reload" data-wp-strategy="async" data-rh="true" data-greeting="hello"'),
  "JSON of other people's that is none": says("data-broken='{'"),
  "a platform that is loaded by a script of the page's": {
    html: (html) => html.replace("<title>", '<script src="/banner.js"></script><title>').replace('data-tenant="acme"', 'data-tenant="acme" data-consent=\'{"klaro":{"service":"crm"}}\''),
    answers: { "/banner.js": { status: 200, headers: {}, body: "window.klaro = { getManager() {} }" } },
  },
  "rules that match": rule({ kind: ["pageView"], action: ["view"], url: ["/a/*"] }, { kind: ["formSubmission"], form: ["*"], fields: ["size"] }),
  "a platform that a tag manager may load": {
    html: (html) => html.replace("<title>", '<script>/* https://www.googletagmanager.com/gtm.js */</script><title>').replace('data-tenant="acme"', 'data-tenant="acme" data-consent="onetrust"'),
  },
  "another service's key, and code that speaks of tokens": script(
    `const key = "${token({ iss: "supabase", role: "anon" })}"; const adminToken = getAdminToken(); // Bearer authentication-and-so-on`,
  ),
  "a page whose addresses have another base": {
    html: (html) => html.replace("<title>", '<base href="/shop/"><title>').replace('src="/omneo/snippet.js"', 'src="../omneo/snippet.js"'),
  },
  "hosts and schemes in capital letters": { headers: { "Content-Security-Policy": SCRIPT_POLICY.replace("https://api.acme.getomneo.com", "HTTPS://*.GetOmneo.com") } },
  "a policy in a template, which no browser obeys": { html: (html) => html.replace("<h1>", `<template><meta http-equiv="Content-Security-Policy" content="default-src 'none'"></template><h1>`) },
  "a rule that names fields where there are none": policy({ extends: "nothing", rules: [{ rule: "views", kind: ["pageView"], fields: ["size"] }] }),
  "a rule that names a form, so that it is no search": rule({ kind: ["formSubmission"] }, { kind: ["formSubmission"], form: ["find-store"] }),
  "JSON that is called HTML": answers("/omneo/token", 200, { "Content-Type": "text/html" }, '{"token":null}'),
  "files behind a redirect": answers("/omneo/omneo-interactions.js", 302, { Location: "/omneo/versioned/../omneo-interactions.js?" }),
  "scripts that are no files": { html: (html) => html.replace("<title>", '<script src="blob:x"></script><script>const adminToken = t.adminToken || null // Bearer YOUR_TOKEN_2_HERE</script><title>') },
  "nobody is signed in": answers("/omneo/token", 401),
};

for (const [what, site] of Object.entries(RIGHT)) {
  test(`${what}: there is nothing to mend`, async (t) => {
    const { code, stdout } = await check(await served(t, site));
    assert.match(stdout, /^✓ Nothing to mend on http/m, stdout);
    assert.equal(code, 0);
  });
}

test("several mistakes are told at once", async (t) => {
  const { stdout } = await check(await served(t, { html: (html) => html.replace('data-tenant="acme"', `data-tenant="Acme Ltd" data-chanel="app" data-events="gogle"`) }));
  assert.match(stdout, /^3 to mend\.$/m, stdout);
});

test("a page that redirects is looked at where it ends", async (t) => {
  const origin = await served(t, {
    html: () => "",
    answers: {
      "/": { status: 302, headers: { Location: "/de/" }, body: "" },
      "/de/": { status: 200, headers: { "Content-Type": "text/html" }, body: EXAMPLE.replace("/omneo/snippet.js", "../omneo/snippet.js") },
    },
  });
  assert.match((await check(origin)).stdout, /^✓ Nothing to mend/m);
});

test("a page without a tag, or none at all, is told", async (t) => {
  for (const page of [{ html: () => "<h1>Shop</h1>" }, { answers: { "/": { status: 404, headers: {}, body: EXAMPLE } } }]) {
    const { code, stdout, stderr } = await check(await served(t, page));
    assert.deepEqual([code, stdout], [2, ""], stderr);
    assert.match(stderr, /has no script tag|answered with 404/);
  }
});

test("nothing secret is printed, and nothing that a terminal obeys", async (t) => {
  const secret = "7|u5Yg0FqTz3Lw9Rk2abcd";
  const html = (text) => text.replace('data-tenant="acme"', `data-tenant="${token({ a: 1 })}" data-admin-token="${secret}" data-\u001b[31mx="1"`).replace('/omneo/token"', `/omneo/token?admin_token=${secret}"`);
  const { code, stdout } = await check(await served(t, { html, ...answers(`/omneo/token?admin_token=${secret}`, 302, { Location: `/sso?jwt=${token({ a: 1 })}` }) }));
  assert.equal(code, 1);
  assert.ok(!/u5Yg|eyJ\w{8}/.test(stdout) && !stdout.includes("\u001b"), stdout);
});

test("a deep page, and addresses that are none, end nothing", async (t) => {
  const html = (text) => text.replace("<h1>", `${"<div>".repeat(20_000)}<script src="http://[bad"></script><h1>`);
  const { code, stdout, stderr } = await check(await served(t, { html }));
  assert.deepEqual([code, stderr], [0, ""], stdout);
  assert.match(stdout, /it is no address/);
});

test("what the token endpoint answers a customer is not seen, and that is said", async (t) => {
  for (const status of [204, 401]) {
    const { code, stdout } = await check(await served(t, answers("/omneo/token", status)));
    assert.equal(code, 0, stdout);
    assert.match(stdout, new RegExp(`not looked at: what /omneo/token answers a customer \\(nobody is signed in here, and it says ${status}\\)`));
  }
});

test("a file's folder is taken for the site's root", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "omneo-check-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "index.html");
  writeFileSync(file, EXAMPLE);
  const bare = await check(file);
  assert.deepEqual([bare.code, /not looked at: the script \/omneo\/snippet\.js/.test(bare.stdout)], [0, true]);
  mkdirSync(join(folder, "omneo"));
  cpSync(join(root, "dist"), join(folder, "omneo"), { recursive: true });
  writeFileSync(join(folder, "omneo", "omneo-interactions.wasm"), "of another version");
  const { code, stdout } = await check(file);
  assert.match(stdout, /omneo-interactions\.wasm .* of two versions[^]*^1 to mend\.$/m);
  assert.equal(code, 1);
});

test("what cannot be looked at is one sentence", async () => {
  for (const given of [[], ["check"], ["look", "index.html"], ["check", "no-such-file.html"], ["check", "http://127.0.0.1:1/"], ["check", "http://["]]) {
    const { code, stdout, stderr } = await capture(process.execPath, [join(root, "dist", "check.js"), ...given]);
    assert.deepEqual([code, stdout, stderr.trim().split("\n").length], [2, "", 1], stderr);
  }
});

const check = (where) => capture(process.execPath, [join(root, "dist", "check.js"), "check", where]);

/** The example on a server of its own, with what was planted; answers its address. */
async function served(t, { html = (text) => text, headers = {}, types = {}, answers = {} }) {
  const pages = { "/": { status: 200, headers: { "Content-Type": "text/html", ...headers }, body: html(EXAMPLE) }, "/omneo/token": { status: 401, headers: {}, body: "" }, ...answers };
  const server = createServer(({ url }, response) => {
    const { status, headers, body } = pages[url] ?? file(url, { ...TYPES, ...types });
    response.writeHead(status, headers).end(body);
  });
  return `${await listen(t, server)}/`;
}

function file(url, types) {
  const [, name] = /^\/omneo\/([\w./-]+)$/.exec(url) ?? [];
  if (!name) return { status: 404, headers: {}, body: "" };
  return { status: 200, headers: { "Content-Type": types[extname(name)] }, body: readFileSync(join(root, "dist", name)) };
}
