// A real Prometheus that scrapes a relay: its rules, and the queries of the dashboard.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { need } from "./programs.mjs";
import { ADA, SERVER_KEY, freePort, until, world } from "./world.mjs";

test("the alert rules are good, and fire when they should", (t) => {
  const promtool = need(t, "promtool");
  if (!promtool) return;
  const options = { cwd: "relay/deploy/prometheus", stdio: ["ignore", "pipe", "pipe"] };
  execFileSync(promtool, ["check", "rules", "alerts.yml"], options);
  execFileSync(promtool, ["test", "rules", "alerts.test.yml"], options);
});

test("each query of the dashboard answers a series", async (t) => {
  const program = need(t, "prometheus");
  if (!program) return;
  const sandbox = await world(t, "[limits]\nunconfirmed_seconds = 1");
  const prometheus = await scrape(t, program, sandbox.relay.admin);
  // Something of each kind: delivered, refused, and looked for.
  await sandbox.faults({ route: "records", status: 500, times: 1 });
  const path = `${sandbox.relay.origin}/relay/v1/profiles/${ADA}/interactions`;
  const headers = { Authorization: `Bearer ${SERVER_KEY}`, "Content-Type": "application/json" };
  const record = (event_id) => ({ action: "service", channel: "support", signal: 1, name: "Asked", namespace: "support", meta: { event_id } });
  const queries = JSON.parse(readFileSync("relay/deploy/grafana-dashboard.json", "utf8")).panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ title, expr })));
  assert.ok(queries.length > 15);
  let silent = [];
  let number = 0;
  const answers = async () => {
    number += 1;
    await fetch(path, { method: "POST", headers, body: JSON.stringify([record(`${number}`), { meta: {} }]) });
    const looked = await Promise.all(queries.map(async (query) => ({ ...query, series: await prometheus(concrete(query.expr)) })));
    silent = looked.filter(({ series }) => series.length === 0).map(({ title, expr }) => `${title}: ${expr}`);
    return silent.length === 0;
  };
  await until(answers, "each answers", 40).catch(() => assert.deepEqual(silent, []));
});

// What Grafana puts in place of its variables.
const concrete = (expr) => expr.replaceAll("$__rate_interval", "10s").replaceAll("$tenant", ".*");

async function scrape(t, program, target) {
  const folder = mkdtempSync(join(tmpdir(), "prometheus-"));
  const port = await freePort();
  const config = `
global: { scrape_interval: 1s }
rule_files: [${join(process.cwd(), "relay/deploy/prometheus/alerts.yml")}]
scrape_configs:
  - job_name: omneo-relay
    static_configs: [{ targets: ["${new URL(target).host}"] }]`;
  writeFileSync(join(folder, "prometheus.yml"), config);
  const args = [`--config.file=${folder}/prometheus.yml`, `--storage.tsdb.path=${folder}/data`, `--web.listen-address=127.0.0.1:${port}`];
  const child = spawn(program, args, { stdio: "ignore" });
  t.after(async () => {
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  });
  const query = async (expr) => {
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(expr)}`);
    const { status, data, error } = await answer.json();
    if (status !== "success") throw new Error(`${expr}: ${error}`);
    return data.result;
  };
  await until(() => query("up == 1").then((series) => series.length === 1, () => false), "it scrapes");
  return query;
}
