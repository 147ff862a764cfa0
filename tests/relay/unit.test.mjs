// What a service manager and a container are given.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { need } from "./programs.mjs";

const UNIT = "relay/deploy/omneo-relay.service";

test("the unit is one that systemd takes, and exposes little", (t) => {
  const analyze = need(t, "systemd-analyze");
  if (!analyze) return;
  const folder = mkdtempSync(join(tmpdir(), "unit-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  // The program need not be installed here.
  const unit = join(folder, "omneo-relay.service");
  writeFileSync(unit, readFileSync(UNIT, "utf8").replace("/usr/local/bin/omneo-relay", process.execPath));
  execFileSync(analyze, ["verify", unit], { stdio: ["ignore", "pipe", "pipe"] });
  const said = execFileSync(analyze, ["security", "--offline=true", "--threshold=20", unit], { encoding: "utf8" });
  assert.match(said, /Overall exposure level .* OK/);
});

test("the Dockerfile has nothing that hadolint warns of", (t) => {
  const hadolint = need(t, "hadolint");
  if (hadolint) execFileSync(hadolint, ["relay/deploy/Dockerfile"], { stdio: ["ignore", "pipe", "pipe"] });
});

test("the example of the settings is good, but for its files", () => {
  const relay = process.env.OMNEO_RELAY ?? "target/debug/omneo-relay";
  const folder = mkdtempSync(join(tmpdir(), "relay-"));
  try {
    const text = readFileSync("relay/deploy/omneo-relay.toml", "utf8");
    for (const secret of ["admin", "omneo", "omneo-erase"]) writeFileSync(join(folder, secret), `a secret for ${secret}\n`);
    const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    writeFileSync(join(folder, "jwt"), publicKey.export({ type: "spki", format: "pem" }));
    const config = join(folder, "relay.toml");
    writeFileSync(config, text.replaceAll("/run/credentials/omneo-relay.service", folder));
    const said = execFileSync(relay, ["--config", config, "--check-config"], { encoding: "utf8" });
    assert.equal(said, "The settings are good.\n");
    const printed = execFileSync(relay, ["--config", config, "--print-config"], { encoding: "utf8" });
    assert.ok(!printed.includes("a secret for"), printed);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
