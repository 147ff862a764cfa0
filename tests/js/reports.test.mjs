// The figures of a report, beside a plain count; and what the page does with an address and with lines that break off.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { test } from "node:test";
import { csv } from "../../js/csv.js";
import { round } from "../../js/reports/columns.js";
import { figures, mean } from "../../js/reports/figures.js";
import { addressOf, filterOf } from "../../js/reports/filter.js";
import { periods } from "../../js/reports/periods.js";
import { read } from "../../js/reports/read.js";

const ALL = { namespace: "", channel: "", from: "", to: "" };
const at = (text) => Date.parse(`${text}Z`);

/** Records as chance has them, the same each time. */
function rows(many) {
  let state = 7;
  const chance = (below) => (state = (state * 48_271) % 2_147_483_647) % below;
  return Array.from({ length: many }, (_, id) => {
    const product = chance(3) === 0 ? chance(30) : null;
    return {
      id,
      at: at("2026-01-01T00:00:00") + chance(200 * 86_400) * 1_000,
      action: "view",
      channel: ["website", "app", "support"][chance(3)],
      signal: [-1, 0, 0, 1][chance(4)],
      namespace: ["web-engagement", "support-desk"][chance(2)],
      name: product === null ? `Viewed page: Page ${chance(20)}` : `Viewed product: Product ${product}`,
      url: "/",
      product_id: product,
      form: null,
    };
  });
}

test("each figure is what a plain count of 100,000 records is", (t) => {
  const records = rows(100_000);
  const filter = { namespace: "support-desk", channel: "app", from: "2026-02-01", to: "2026-05-31" };
  const begun = performance.now();
  const all = figures(records, filter);
  t.diagnostic(`100,000 records: ${Math.round(performance.now() - begun)} ms`);
  const kept = records.filter((row) => row.namespace === "support-desk" && row.channel === "app" && row.at >= at("2026-02-01T00:00:00") && row.at < at("2026-06-01T00:00:00"));
  const counted = (holds) => kept.filter(holds).length;
  assert.ok(kept.length > 5_000);
  assert.deepEqual(
    [all.count, all.negative, all.neutral, all.positive],
    [kept.length, counted(({ signal }) => signal === -1), counted(({ signal }) => signal === 0), counted(({ signal }) => signal === 1)],
  );
  assert.equal(mean(all), kept.reduce((sum, { signal }) => sum + signal, 0) / kept.length);
  assert.deepEqual(all.channels, [{ label: "app", count: kept.length }]);
  for (const [list, name] of [["products", "product"], ["pages", "page"]]) {
    assert.equal(all[list].length, 10);
    for (const { label, count } of all[list]) assert.equal(count, counted((row) => row.name === `Viewed ${name}: ${label}`), label);
    const others = new Set(kept.filter((row) => row.name.startsWith(`Viewed ${name}: `)).map((row) => row.name));
    for (const { label } of all[list]) others.delete(`Viewed ${name}: ${label}`);
    for (const other of others) assert.ok(counted((row) => row.name === other) <= all[list].at(-1).count, other);
  }
  assert.equal(all.unit, "week");
  for (const [place, { at: begin, count }] of all.times.entries()) {
    const end = all.times[place + 1]?.at ?? Infinity;
    assert.equal(count, counted((row) => row.at >= begin && row.at < end), new Date(begin).toISOString());
    assert.equal(new Date(begin).getUTCDay(), 1, "from Monday");
  }
  assert.equal(all.times.reduce((sum, { count }) => sum + count, 0), kept.length);
});

test("nothing is no figures, and a mean of nothing is none", () => {
  const all = figures(rows(10), { ...ALL, channel: "push" });
  assert.deepEqual([all.count, all.products, mean(all)], [0, [], undefined]);
});

test("days, weeks or months, each of which is there, also where nothing happened", () => {
  const named = ({ unit, begins }) => [unit, begins.map((begin) => new Date(begin).toISOString().slice(0, 10))];
  assert.deepEqual(named(periods(at("2026-02-27T23:59:59"), at("2026-03-02T00:00:00"))), ["day", ["2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02"]]);
  assert.deepEqual(named(periods(at("2026-01-01T00:00:00"), at("2026-02-09T00:00:00"))), ["week", ["2025-12-29", "2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26", "2026-02-02", "2026-02-09"]]);
  const months = periods(at("2025-11-30T00:00:00"), at("2026-12-01T00:00:00"));
  assert.deepEqual([months.unit, months.begins.length, new Date(months.begins[2]).toISOString().slice(0, 10)], ["month", 14, "2026-01-01"]);
  assert.equal(months.placeOf(at("2026-01-31T23:59:59")), 2);
  assert.ok(periods(0, 9e15).begins.length <= 1_200, "a clock that was wrong");
});

test("the filter is in the address, and what is no day is none", () => {
  const filter = { namespace: "support-desk", channel: "", from: "2026-02-01", to: "" };
  const address = addressOf("https://shop.example/reports/?channel=app&other=1", filter);
  assert.equal(address, "https://shop.example/reports/?other=1&namespace=support-desk&from=2026-02-01");
  assert.deepEqual(filterOf(address), filter);
  assert.deepEqual(filterOf("https://shop.example/?from=2026-02-31T&to=yesterday"), ALL);
});

test("the top of a picture is round", () => {
  assert.deepEqual([0, 1, 3, 17, 50, 501, 1_000].map(round), [2, 2, 4, 20, 60, 600, 1_000]);
});

test("no cell of a file is a formula", () => {
  assert.equal(csv([["Page", "n"], ["=1+1", 2], ['say "hi", you', -3]]), '\uFEFF"Page","n"\r\n"\'=1+1",2\r\n"say ""hi"", you",-3\r\n');
});

test("records are read as they come, once each; what breaks off is said", async (t) => {
  const [row] = rows(1);
  const line = (value) => `${JSON.stringify(value)}\n`;
  let body;
  const server = createServer((_, answer) => {
    for (const piece of body) answer.write(piece);
    answer.end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  const asked = () => read(`http://127.0.0.1:${server.address().port}/`, () => {});
  const whole = line({ total: 2 }) + line(row) + line({ ...row, name: "moved" }) + line({ end: true });
  body = [...Buffer.from(whole)].map((byte) => Buffer.of(byte));
  assert.deepEqual(await asked(), [{ ...row, name: "moved" }]);
  body = [line({ total: 2 }), line(row)];
  await assert.rejects(asked(), /broke off before their end/);
  body = [line({ total: 2 }), line({ error: "Omneo cannot be reached." })];
  await assert.rejects(asked(), /Omneo cannot be reached\./);
});
