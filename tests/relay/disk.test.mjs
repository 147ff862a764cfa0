// Each answer comes after the disk has the record: by the relay's system calls, as a process that is killed says nothing of the disk.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { customer, post, record } from "../../bench/relay-faults/load.mjs";
import { STORES } from "../../bench/relay-faults/stores.mjs";
import { World } from "../../bench/relay-faults/world.mjs";
import { Background } from "../../bench/relay/process.mjs";
import { need } from "./programs.mjs";
import { Trace } from "./trace.mjs";

const CUSTOMERS = 4;
const ROUNDS = 10;

test("no record is acknowledged before the disk has it", async (t) => {
  const trace = await traced(t);
  if (!trace) return;
  const early = trace.ids.filter((id) => !trace.isOnDiskFirst(id));
  assert.deepEqual(early, []);
});

test("where SQLite does not wait for the disk, that is found", async (t) => {
  const trace = await traced(t, process.env.OMNEO_PLANTED_RELAY ?? "target/debug/examples/planted");
  if (!trace) return;
  const early = trace.ids.filter((id) => !trace.isOnDiskFirst(id));
  assert.deepEqual(early, trace.ids);
});

const WAL = "/relay.sqlite-wal";
const wrote = (what) => `7 pwrite64(9<${WAL}>, "…${what}…", 4096, 0) = 4096`;
const answered = (what) => String.raw`8 sendto(20<TCP:[1]>, "HTTP/1.1 200 OK\r\n\r\n[{\"event_id\":\"${what}\",\"status\":202}]", 90, 0, NULL, 0) = 90`;

for (const [what, isGood, lines] of [
  ["the disk has it before the answer", true, [wrote("a"), `7 fdatasync(9<${WAL}>) = 0`, answered("a")]],
  ["there is no wait", false, [wrote("a"), answered("a")]],
  ["the wait ends after the answer", false, [wrote("a"), `7 fdatasync(9<${WAL}> <unfinished ...>`, answered("a"), "7 <... fdatasync resumed>) = 0"]],
  ["the wait ends before the answer", true, [wrote("a"), `7 fdatasync(9<${WAL}> <unfinished ...>`, "7 <... fdatasync resumed>) = 0", answered("a")]],
  ["the wait was for what came before", false, [`7 fdatasync(9<${WAL}>) = 0`, wrote("a"), answered("a")]],
  ["the wait began before the write", false, [`7 fdatasync(9<${WAL}> <unfinished ...>`, wrote("a"), "7 <... fdatasync resumed>) = 0", answered("a")]],
  ["the wait was for another file", false, [wrote("a"), "7 fdatasync(9</relay.sqlite>) = 0", answered("a")]],
  ["the wait failed", false, [wrote("a"), `7 fdatasync(9<${WAL}>) = -1 EIO (Input/output error)`, answered("a")]],
  ["the write is not seen", false, [`7 fdatasync(9<${WAL}>) = 0`, answered("a")]],
]) {
  test(`of a trace where ${what}, it says so`, () => {
    assert.equal(new Trace(lines.join("\n"), ["a"]).isOnDiskFirst("a"), isGood);
  });
}

/** What the relay does with its disk and its clients while several hand records in. */
async function traced(t, binary) {
  const strace = need(t, "strace");
  if (!strace) return undefined;
  const world = await World.make(STORES.sqlite, { binary });
  t.after(() => world.close());
  const file = join(world.folder, "trace");
  const calls = ["fsync", "fdatasync", "pwrite64", "write", "writev", "sendto", "sendmsg"];
  const options = ["-f", "-y", "-s", "8192", "-e", `trace=${calls.join(",")}`, "-o", file, "-p", `${world.relay.pid}`];
  const tracer = new Background(strace, options);
  t.after(() => tracer.stop());
  await tracer.until(() => /attached/.test(tracer.said), "strace is attached");
  const ids = await acknowledged(world);
  await tracer.stop("SIGINT");
  assert.equal(ids.length, CUSTOMERS * ROUNDS);
  return new Trace(readFileSync(file, "latin1"), ids);
}

async function acknowledged(world) {
  const ids = [];
  const visit = async (number) => {
    const { path, token, identification } = await customer(world, number);
    for (let round = 0; round < ROUNDS; round += 1) {
      // Each id ends with a word, so that none is the beginning of another.
      const id = `disk-${number}-${round}-end`;
      const { status, body } = await post(world.relay, path, token, [{ ...record(id), ...identification }]);
      assert.deepEqual([status, body], [200, [{ event_id: id, status: 202 }]]);
      ids.push(id);
    }
  };
  await Promise.all(Array.from({ length: CUSTOMERS }, (_, index) => visit(index + 1)));
  return ids;
}
