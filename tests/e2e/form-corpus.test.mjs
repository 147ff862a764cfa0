// The corpus of forms and of ways to submit them, in a browser. `npm run corpus:forms` prints the share that is right of the half to work
// with, and of the half that is held back. What is wrong in the half that is held back stays untold.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { test } from "node:test";
import { extname } from "node:path";
import { forms, pageOf, submits } from "../corpora/forms.mjs";
import { name as browser, openBrowser } from "./browser.mjs";
import { listen } from "./serve.mjs";

const TYPES = { ".js": "text/javascript", ".wasm": "application/wasm" };
const HTML = { "Content-Type": "text/html; charset=utf-8" };
// How many pages are open at a time: each waits for what comes of its form.
const SIDE_BY_SIDE = 10;
// Of each half, what may be wrong in a hundred.
const MOST_WRONG = 5;

const AROUND = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>Corpus</title><script>
  const frames = new Map();
  const seen = [];
  window.told = (number, what) => (what === "over" ? frames.get(number)?.over() : (seen[number] ??= []).push(what));
  window.see = (numbers) => Promise.all(numbers.map((number) => new Promise((over) => {
    const frame = document.createElement("iframe");
    frame.width = frame.height = 200;
    frames.set(number, { over });
    frame.src = "/case/" + number;
    document.body.append(frame);
  }))).then(() => numbers.map((number) => seen[number] ?? []));
</script><body></body>`;

/** Serves the pages, and answers `/answer/<status>[,<next status>…]/<ms>/…` so. */
async function open(t, pages) {
  const times = new Map();
  const server = createServer(async ({ url }, response) => {
    const [, file] = /^\/omneo\/(.*)$/.exec(url) ?? [];
    if (file) return response.writeHead(200, { "Content-Type": TYPES[extname(file)] }).end(readFileSync(`dist/${file}`));
    const [, at] = /^\/case\/(\d+)$/.exec(url) ?? [];
    if (at) return response.writeHead(200, HTML).end(pages[at]);
    const [, statuses, ms] = /^\/answer\/([\d,]+)\/(\d+)\//.exec(url) ?? [];
    if (!statuses) return response.writeHead(200, HTML).end(url === "/" ? AROUND : "<!doctype html><title>Sent</title>");
    const all = statuses.split(",");
    const time = times.get(url) ?? 0;
    times.set(url, time + 1);
    await new Promise((over) => setTimeout(over, Number(ms)));
    response.writeHead(Number(all[Math.min(time, all.length - 1)]), { "Access-Control-Allow-Origin": "*" }).end("{}");
  });
  const origin = await listen(t, server);
  const visitor = await openBrowser(t);
  await visitor.open(`${origin}/`);
  return visitor;
}

async function look(t, halves) {
  const cases = halves.flatMap(({ cases, ...half }) => cases.map((one) => ({ ...one, half })));
  const visitor = await open(t, cases.map(pageOf));
  const seen = [];
  for (let from = 0; from < cases.length; from += SIDE_BY_SIDE) {
    const numbers = cases.map((_, at) => at).slice(from, from + SIDE_BY_SIDE);
    seen.push(...(await visitor.run("return see(given[0])", numbers)));
  }
  for (const { name, isHeldBack } of halves) {
    const results = cases.map((one, at) => ({ ...one, seen: seen[at] })).filter(({ half }) => half.name === name);
    const wrong = results.filter(({ counts, seen }) => seen.length !== Number(counts) || seen.some((what) => what !== "submission"));
    console.log(`${browser}, ${name}: ${results.length - wrong.length} of ${results.length} right`);
    if (!isHeldBack) for (const { what, counts, seen } of wrong) console.log(`  ${what}: wanted ${Number(counts)}, saw ${JSON.stringify(seen)}`);
    assert.ok(wrong.length * 100 <= MOST_WRONG * results.length, `${wrong.length} of ${results.length}`);
  }
}

test(`${browser}: which forms count`, (t) => look(t, forms));

test(`${browser}: how often a submission counts`, (t) => look(t, submits));
