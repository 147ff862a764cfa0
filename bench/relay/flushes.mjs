// How often a program waits for its disk. What a killed process wrote, the system still has; what a machine that lost its power
// wrote is there only after a flush. So the calls are counted, by strace, in a run of their own that it slows down.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { which } from "../../tools/process.mjs";
import { processes } from "./process.mjs";

/** How often a process and its children flushed during the work, and how many records it says were accepted meanwhile. */
export async function flushes(pid, work) {
  const strace = which("strace");
  if (!strace) return {};
  const tracer = spawn(strace, ["-f", "-c", "-e", `trace=${CALLS}`, ...processes(pid).flatMap((one) => ["-p", `${one}`])], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  tracer.stderr.setEncoding("utf8").on("data", (text) => (said += text));
  await sleep(ATTACHING_MS);
  const { accepted } = await work();
  const ended = once(tracer, "exit");
  tracer.kill("SIGINT");
  await ended;
  const counts = said.split("\n").map((line) => line.trim().split(/\s+/)).filter((words) => CALLS.split(",").includes(words.at(-1)));
  const flushed = counts.reduce((sum, words) => sum + Number(words[3]), 0);
  return { flushes: flushed, recordsInRun: accepted };
}

const CALLS = "fsync,fdatasync,sync_file_range,msync";
const ATTACHING_MS = 500;
