// Programs that run beside the bench: started, waited for, measured, and ended by whoever started them.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** A program in the background; `said` is what it printed. */
export class Background {
  said = "";
  #child;

  constructor(command, args, options = {}) {
    this.#child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => (this.said = (this.said + text).slice(-MOST_SAID)));
    }
    this.#child.on("error", ({ message }) => (this.said += message));
  }

  get pid() {
    return this.#child.pid;
  }

  get hasEnded() {
    return this.pid === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  async stop(signal = "SIGTERM") {
    if (this.hasEnded) return;
    const ended = once(this.#child, "exit");
    this.#child.kill(signal);
    await ended;
  }

  /** The same for its children, where it is a script that started the program. */
  async killAll(signal) {
    const all = processes(this.pid);
    for (const pid of all.slice(1)) kill(pid, signal);
    await this.stop(signal);
    await until(() => all.every((pid) => !isRunning(pid)), "all have ended");
  }

  /** Waits until it is as wanted, and fails with what the program said where that ended before. */
  async until(isAsWanted, what, { seconds = 60, everyMs = 20 } = {}) {
    await until(async () => {
      if (this.hasEnded) throw new Error(`it ended before ${what}: ${this.said.trim().slice(-500)}`);
      return isAsWanted();
    }, what, { seconds, everyMs });
  }
}

/** Waits until it is as wanted; what it throws counts as not yet, but for an end of the program. */
export async function until(isAsWanted, what, { seconds = 60, everyMs = 20 } = {}) {
  for (const end = Date.now() + seconds * 1000; ; ) {
    if (await isAsWanted()) return;
    if (Date.now() > end) throw new Error(`${seconds} s have passed, and still not: ${what}`);
    await sleep(everyMs);
  }
}

/** MB of memory that a process and its children have for themselves, shared pages by their share (`smaps_rollup`). */
export function memory(pid) {
  return processes(pid).reduce((sum, one) => sum + kilobytes(`/proc/${one}/smaps_rollup`, "Pss"), 0) / 1024;
}

/** MB that a process has resident, and had at most. */
export function resident(pid) {
  const file = `/proc/${pid}/status`;
  return { now: kilobytes(file, "VmRSS") / 1024, most: kilobytes(file, "VmHWM") / 1024 };
}

/** Seconds of processor time that a process and its children took so far. */
export function processorSeconds(pid) {
  return processes(pid).reduce((sum, one) => sum + ticks(one), 0) / TICKS_A_SECOND;
}

/** A process and its children. */
export function processes(pid) {
  const children = threads(pid).flatMap((thread) => numbers(`/proc/${pid}/task/${thread}/children`));
  return [pid, ...children.flatMap(processes)];
}

function kill(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}

// One whose parent has yet to hear of its end has ended all the same.
function isRunning(pid) {
  return /^State:\s+[^ZX]/m.test(read(`/proc/${pid}/status`));
}

function threads(pid) {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

function numbers(file) {
  return read(file).split(" ").filter(Boolean).map(Number);
}

function ticks(pid) {
  // The name of the program, in brackets, may have spaces.
  const fields = read(`/proc/${pid}/stat`).split(") ").pop().split(" ");
  return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
}

function kilobytes(file, name) {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(read(file))?.[1] ?? 0);
}

// A process may end while it is looked at.
function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

const MOST_SAID = 20_000;
const TICKS_A_SECOND = 100;
