// `omneo-interactions policy report`: that it says what the tracker does and what the documentation says, and that nothing of a policy
// becomes anything but text.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { parse } from "parse5";
import { DEFAULTS } from "../../check/report/defaults.mjs";
import { ACTIONS, KINDS } from "../../js/advice/rule.js";
import { capture, root } from "../../tools/process.mjs";

const source = (path) => readFileSync(join(root, path), "utf8");
const folder = mkdtempSync(join(tmpdir(), "omneo-report-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args) => capture(process.execPath, [join(root, "dist", "check.js"), "policy", "report", ...args]);

/** The report on that policy, or on the default one. */
async function reportOn(policy, ...args) {
  const { code, stdout, stderr } = await run(...(policy === undefined ? [] : [fileOf(policy)]), ...args);
  assert.deepEqual([code, stderr], [0, ""]);
  return stdout;
}

let files = 0;

function fileOf(policy) {
  const path = join(folder, `policy-${(files += 1)}.json`);
  writeFileSync(path, typeof policy === "string" ? policy : JSON.stringify(policy));
  return path;
}

/** What stands under a rule's title. */
const under = (report, title) => report.split(/^### \d+\. /m).find((part) => part.startsWith(`\`${title}\``)) ?? assert.fail(`no rule ${title}`);

test("the default policy is reported on: each rule, why, and records that pass and that do not", async () => {
  const report = await reportOn();
  for (const [rule, because] of [["login", "A login on website or app."], ["clienteling", "A view within a clienteling session."], ["view", "A view of a page or a product."], ["form", "The submission of a form."]]) {
    const part = under(report, rule);
    assert.match(part, new RegExp(`^\\*\\*Because:\\*\\* ${because}$`, "m"));
    assert.match(part, /^\*\*Passes:\*\* .* The tracker says: /m);
    assert.match(part, /^\| name `order_completed` \| \*\*not kept\*\* \(`own-model`\) \| .*Transaction/m);
  }
  assert.match(report, /`Viewed page: Linen, for ada@example.com` \| `Viewed page: Linen, for \(mail\)`/);
  assert.match(report, /^Name: _+\n\nDate: _+\n\nSignature: _+$/m);
});

test("the default rules that it tells of are the tracker's", async () => {
  const ask = await asking();
  const kinds = KINDS.flatMap((kind) => (ACTIONS[kind] ? [ACTIONS[kind]] : ["view", "visit", "disclose", "service"]).map((action) => [kind, action]));
  for (const [kind, action] of kinds) {
    for (const channel of ["app", "email", "location", "push", "sms", "social", "support", "website"]) {
      for (const namespace of ["web-engagement", "clienteling"]) {
        const record = { action, channel, namespace, signal: 0, name: "Any" };
        const [told, said] = [{}, { extends: "nothing", rules: DEFAULTS }].map((policy) => ask(policy, kind, record));
        assert.deepEqual([told.allowed, told.rule], [said.allowed, said.rule], JSON.stringify([kind, record]));
      }
    }
  }
});

test("a rule's examples are what the tracker makes of them", async () => {
  const report = await reportOn({
    extends: "nothing",
    query: ["q"],
    rules: [
      { rule: "finder", because: "You asked for a store.", action: ["service"], channel: ["app"], namespace: ["shop"], meta: ["topic"] },
      { rule: "guides", kind: ["pageView"], url: ["/guides/*"], purpose: "C0004" },
      { rule: "club", kind: ["formSubmission"], form: ["club-*"], fields: ["size", { name: "birthday", personal: true }, { name: "city", is: "not-personal", because: "A bicycle's." }] },
    ],
  });
  const finder = under(report, "finder");
  assert.match(finder, /Allows records of any kind, if the channel is `app` and the action is `service` and the namespace is `shop`\./);
  assert.match(finder, /^\*\*Because:\*\* You asked for a store\.$/m);
  assert.match(finder, /`meta`: only `topic`/);
  assert.match(finder, /^\| `meta\.note` \| .* \| \*\*left out\*\*: The rule does not name it\. \|$/m);
  assert.match(finder, /^\| channel `website` \| \*\*not kept\*\* \(`not-listed`\) \| No rule of the allowlist has action service, channel website,/m);
  assert.match(finder, /^\| `url` \| .*q=example&.* \| `https:\/\/shop\.example\/stores\?q=example` \|$/m);
  const guides = under(report, "guides");
  assert.match(guides, /^\| path `\/another\/page` \| \*\*not kept\*\*/m);
  assert.match(guides, /^\| the visitor agreed to other purposes than `C0004` \| \*\*not kept\*\* \(`purpose`\)/m);
  assert.match(guides, /^\*\*Because:\*\* the rule gives no reason\.$/m);
  const club = under(report, "club");
  assert.match(club, /field `size`\.\n- .*`birthday`, which is personal\.\n- .*`city`, which is said not to be personal: A bicycle's\.$/m);
  assert.match(club, /^\| form `another-form` \| \*\*not kept\*\*/m);
  assert.doesNotMatch(report, /\(default\)/);
});

test("two rules of one name are told apart", async () => {
  const report = await reportOn({ rules: [{ rule: "view", kind: ["pageView"], channel: ["app"], meta: [] }, { rule: "view", kind: ["pageView"], url: ["/a"] }] });
  const parts = report.split(/^### \d+\. /m).slice(1);
  assert.deepEqual(parts.map((part) => part.split("\n")[0]), ["`view`", "`view`", "`login` (default)", "`clienteling` (default)", "`view` (default)", "`form` (default)"]);
  assert.match(parts[0], /^\| channel `website` \| kept, by rule `view` \|/m);
  for (const part of parts) assert.match(part, /\*\*Passes:\*\*/);
});

test("a rule that can never match is to be mended before anybody signs", async () => {
  const report = await reportOn({ rules: [{ rule: "all", kind: ["pageView"] }, { rule: "sale", kind: ["pageView"], url: ["/sale/*"] }] });
  assert.match(report, /^## To mend before anybody signs\n\n- .*rule "sale", .* rule "all" comes before it/m);
  assert.match(under(report, "sale"), /^\*\*No example\.\*\* .* kept, by rule `all`\./m);
});

test("what no record can be is no example, and ends nothing", async () => {
  const report = await reportOn({ extends: "nothing", rules: [{ rule: "long", kind: ["pageView"], url: [`/${"a".repeat(3_000)}`] }, { rule: "form", form: ["f".repeat(3_000)] }] });
  assert.match(under(report, "long"), /No record can meet its conditions/);
  assert.match(await reportOn({ extends: "nothing" }), /\*\*No rule: nothing is ever recorded\.\*\*/);
});

test("every policy that the tracker takes is reported on", async () => {
  const { accepted } = JSON.parse(source("tests/policies.json"));
  const reports = await Promise.all(accepted.map((policy) => reportOn(policy)));
  for (const report of reports) assert.match(report, /^# What may be recorded$/m);
});

test("of every other the field is named, what it is, and what is accepted", async () => {
  const { rejected, rejectedForTheirWords } = JSON.parse(source("tests/policies.json"));
  // One of each field: the module's own tests have them all.
  const byPath = new Map([...rejected, ...rejectedForTheirWords].map(({ path, policy }) => [path, policy]));
  const told = await Promise.all([...byPath].map(async ([path, policy]) => ({ path, ...(await run(fileOf(policy))) })));
  for (const { path, code, stdout, stderr } of told) {
    assert.deepEqual([code, stdout, stderr.trim().split("\n").length], [1, "", 1], stderr);
    assert.ok(stderr.includes(`the tracker refuses this policy: \`${path}\` is `) && stderr.includes("; accepted: "), stderr);
  }
});

test("what cannot be read or written is one sentence", async () => {
  for (const args of [[join(folder, "none.json")], [fileOf("{")], [fileOf({}), "more.json"], ["--format", "pdf"], ["--fromat", "html"], ["--output", join(folder, "none", "report.md")]]) {
    const { code, stdout, stderr } = await run(...args);
    assert.deepEqual([code, stdout, stderr.trim().split("\n").length], [2, "", 1], stderr);
  }
});

test("the file's ending says the format, and the report which file it is about", async () => {
  const file = fileOf({ query: ["q"] });
  const output = join(folder, "report.html");
  assert.deepEqual(await run(file, "-o", output), { code: 0, stdout: "", stderr: "" });
  const html = readFileSync(output, "utf8");
  assert.match(html, /^<!doctype html>/);
  assert.ok(html.includes(createHash("sha256").update(readFileSync(file)).digest("hex")));
});

const HOSTILE = `</bdi><img src=x onerror=alert(1)><script>alert(1)</script> & | \`code\` **bold** _so_ [link](javascript:alert(1)) <https://evil.example> https://evil.example www.evil.example ada@evil.example ~~no~~ $x$\r\n\r\n# title\n- item\n| a | b |\n| --- | --- |\u2028\u202egnirts\u202c\u200f \u0007 "'`;
const HOSTILE_POLICY = {
  query: [HOSTILE],
  rules: [
    { rule: "__proto__", because: HOSTILE, kind: ["formSubmission"], form: [HOSTILE, "*"], meta: [HOSTILE, "__proto__", "form"], fields: [{ name: `size ${HOSTILE}`, is: "not-personal", because: HOSTILE }] },
    { rule: "constructor", because: HOSTILE, kind: ["pageView"], url: [`/${HOSTILE}`] },
  ],
};

test("as HTML a hostile policy is text, and the page can load and run nothing", async () => {
  const html = await reportOn(HOSTILE_POLICY, "--format", "html");
  const elements = all(parse(html));
  const names = new Set(elements.map(({ tagName }) => tagName));
  const known = "html head meta title style body main h1 h2 h3 p ul li table thead tbody tr th td div strong code bdi".split(" ");
  assert.deepEqual([...names].filter((name) => !known.includes(name)), []);
  const attributes = new Set(elements.flatMap(({ attrs }) => attrs.map(({ name }) => name)));
  assert.deepEqual([...attributes].sort(), ["charset", "class", "content", "data-head", "dir", "http-equiv", "id", "lang", "name", "role", "scope", "tabindex"]);
  const style = /<style>([^]*)<\/style>/.exec(html)[1];
  const hash = createHash("sha256").update(style).digest("base64");
  assert.ok(html.includes(`content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`));
  assert.doesNotMatch(style, /url\(|@import/);
  const text = elements.flatMap(({ childNodes }) => childNodes.map(({ value = "" }) => value)).join("");
  assert.ok(text.includes("<script>alert(1)</script> & | `code` **bold**"), "word for word");
  assert.ok(text.includes("⟨U+202E⟩gnirts⟨U+202C⟩⟨U+200F⟩ ⟨U+0007⟩"), "what nobody sees is shown");
  assert.doesNotMatch(html, INVISIBLE);
});

test("as Markdown a hostile policy is text as well", async () => {
  const report = await reportOn(HOSTILE_POLICY);
  assert.doesNotMatch(report, INVISIBLE);
  const hostile = report.split("\n").filter((line) => line.includes("gnirts"));
  assert.ok(hostile.length > 8);
  for (const line of hostile) {
    // But for what the report itself writes, nothing is left that Markdown would read.
    const left = line
      .replace(/\\[^A-Za-z0-9\s]/g, "")
      .replace(/`[^`]*`/g, "")
      .replace(/\*\*(?:Because:|Passes:|No example\.|left out|not kept|struck out)\*\*/g, "")
      .replace(/^- |^\| | \|$| \| /g, " ");
    assert.doesNotMatch(left, /[\\`*_[\]<>|#~&$@!]|:\/\/|www\./, line);
  }
});

// eslint-disable-next-line no-control-regex
const INVISIBLE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

test("what never is kept, and how long, is what docs/privacy-officer.md says", async () => {
  const report = plain(await reportOn());
  const page = source("docs/privacy-officer.md");
  for (const title of ["What never is, whatever a rule says", "What the browser keeps", "How long Omneo keeps it"]) {
    const [, section] = page.split(new RegExp(`^#+ ${title}$`, "m"));
    const parts = section.split(/^#/m)[0].split(/\n\n|\n(?=[-|] ?)/).map(plain).filter((part) => part !== "");
    for (const part of parts) assert.ok(report.includes(part), part);
  }
});

test("docs/privacy-officer.md has the keys, the bounds and the times of the code", () => {
  const [, kept] = source("docs/privacy-officer.md").split("## What the browser keeps");
  const keysIn = (text) => [...text.matchAll(/^(?:\/\/! )?\| `(omneo[^`]*)`/gm)].map(([, key]) => key).sort();
  const own = ["js/privacy/erasure.js", "js/consent/remember.js"].map((path) => /^const KEY = "(.+)";$/m.exec(source(path))[1]);
  assert.deepEqual(keysIn(kept.split("\n## ")[0]), [...keysIn(source("src/browser/keys.rs")), ...own].sort());
  const settings = source("src/tracker/settings.rs");
  const [, records, mebibytes] = /LIMITS: Limits = Limits \{ records: (\d+), bytes: (?:(\d+) \* )?1024 \* 1024 \}/.exec(settings);
  assert.ok(kept.includes(`(${records} records, ${mebibytes ?? 1} MiB)`));
  const [, minutes] = /number\("minutes", \d+, \d+, (\d+)\.0\)/.exec(settings);
  assert.ok(kept.includes(`its time is up (${minutes} minutes, or what you set)`));
});

// The words alone: of a link those that it has, and neither marks nor spaces of Markdown's.
const plain = (text) =>
  text
    .replace(/(?<!\\)\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/\\(?=[^A-Za-z0-9\s])/g, "")
    .replace(/[*`]/g, "")
    .replace(/^\| ?-{3}.*$/gm, "")
    .replace(/^- /gm, "")
    .replace(/\s+/g, " ")
    .trim();

function all(node) {
  const children = node.childNodes ?? [];
  return [...(node.tagName ? [node] : []), ...children.flatMap(all)];
}

/** What asks the module beside the bundle of the command. */
async function asking() {
  Object.assign(globalThis, { webkitURL: URL, location: { href: "https://page.invalid/" } });
  const { initSync, Handle } = await import("../../target/web/omneo-interactions.js");
  initSync({ module: new WebAssembly.Module(readFileSync(join(root, "dist", "omneo-interactions.wasm"))) });
  const mistake = (...given) => new Error(given.join(" "));
  return (policy, kind, record) => Handle.explainWith({ tenant: "any", consent: "granted", policy }, { mistake }, record, KINDS.indexOf(kind));
}
