// A program beside the test, which ends when the test does.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder that is gone after the test. */
export function folderFor(t) {
  const folder = mkdtempSync(join(tmpdir(), "operate-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts it; what it says is `said`. */
export function start(t, program, args, options = {}) {
  const child = spawn(program, args, options);
  const started = { child, said: "" };
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (started.said += chunk));
  t.after(() => end(child, "SIGKILL"));
  return started;
}

/** Ends it, and waits until it has. */
export async function end(child, signal = "SIGTERM") {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill(signal);
  await ended;
}
