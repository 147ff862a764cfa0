// The shop's own web server in front of the relay, from the examples: nginx and Caddy.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { need } from "./programs.mjs";
import { ADA, SERVER_KEY, freePort, until, world } from "./world.mjs";

const RECORD = { action: "service", channel: "support", signal: 1, name: "Asked", namespace: "support", meta: { event_id: "a" } };

const PROXIES = {
  nginx: (folder, port, relay) => {
    const server = readFileSync("relay/deploy/nginx.conf", "utf8").replace("127.0.0.1:8790", relay).replace("listen 8080", `listen 127.0.0.1:${port}`);
    const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/${name};`).join("\n");
    const text = `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log; events {} http { access_log off; ${temporary} ${server.replace("/var/www/shop", folder)} }`;
    writeFileSync(join(folder, "nginx.conf"), text);
    return ["-e", `${folder}/error.log`, "-c", `${folder}/nginx.conf`];
  },
  caddy: (folder, port, relay) => {
    const text = readFileSync("relay/deploy/Caddyfile", "utf8").replace("127.0.0.1:8790", relay).replace("shop.example:8080", `127.0.0.1:${port}`).replace("/var/www/shop", folder);
    writeFileSync(join(folder, "Caddyfile"), text);
    return ["run", "--config", `${folder}/Caddyfile`, "--adapter", "caddyfile"];
  },
};

for (const [name, configure] of Object.entries(PROXIES)) {
  test(`behind ${name}, records come through, and what is for the operator does not`, async (t) => {
    const program = need(t, name);
    if (!program) return;
    const sandbox = await world(t, `trusted_proxies = ["127.0.0.1/32"]`);
    const folder = mkdtempSync(join(tmpdir(), "proxy-"));
    mkdirSync(join(folder, "home"));
    const port = await freePort();
    const child = spawn(program, configure(folder, port, new URL(sandbox.relay.origin).host), { env: { ...process.env, HOME: join(folder, "home") }, stdio: "ignore" });
    t.after(async () => {
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    });
    const ask = (path, options = {}) => fetch(`http://127.0.0.1:${port}${path}`, options);
    await until(() => ask("/relay/").then(() => true, () => false), "it listens");
    const headers = { Authorization: `Bearer ${SERVER_KEY}`, "Content-Type": "application/json" };
    const post = (body) => ask(`/relay/v1/profiles/${ADA}/interactions`, { method: "POST", headers, body });
    const answer = await post(JSON.stringify([RECORD]));
    assert.deepEqual(await answer.json(), [{ event_id: "a", status: 202 }]);
    await until(async () => (await sandbox.interactions()).length === 1, "the record is on the profile");
    assert.equal((await post(`"${"x".repeat(3 << 20)}"`).catch(() => ({ status: 413 }))).status, 413);
    for (const path of ["/metrics", "/admin/status", "/status/", "/relay/../metrics", "/relay/%2e%2e/metrics"]) {
      const answer = await ask(path);
      assert.ok(!answer.ok, path);
      assert.ok(!(await answer.text()).includes("omneo_relay_"), path);
    }
  });
}
