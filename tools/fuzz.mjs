// `npm run fuzz`: replays `fuzz/corpus`, then looks for more inputs that break a promise. `-- --seconds 3600` for that long, in all;
// `-- --only walk,text` for these targets.

import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Failure, capture, done, exe, isProgram, main, root, run, which } from "./process.mjs";
import { setUp } from "./setup.mjs";
import { apt, canInstall } from "./setup/apt.mjs";

// The relay's take minutes to compile, so that they are searched only where they are named.
const ofRelay = ["configuration", "intake"];
const all = readdirSync(join(root, "fuzz", "corpus"));

/** The targets of the tracker: each has a folder of inputs. */
export const targets = all.filter((name) => !ofRelay.includes(name));

const DIRECTORY = join("target", "fuzz");

// What LLVM counts for libFuzzer, all of it within reach of a stable compiler; and checks of overflows, which a release has none of.
const COVERAGE = ["sanitizer-coverage-level=4", "sanitizer-coverage-inline-8bit-counters", "sanitizer-coverage-pc-table"].concat([
  "sanitizer-coverage-trace-compares",
]);
const RUSTFLAGS = ["-Cpasses=sancov-module", ...COVERAGE.map((option) => `-Cllvm-args=-${option}`), "-Cdebug-assertions"].join(" ");

/** Searches for so long in all, on every core; answers how many targets hold and how many do not, or why there was no search. */
export async function search({ host }, { seconds = 60, only = targets } = {}) {
  const skipped = await missing();
  if (skipped) return { passed: 0, failed: 0, skipped };
  const program = await compile(host, only.some((name) => ofRelay.includes(name)) ? "search,relay" : "search");
  const cores = Math.min(availableParallelism(), only.length);
  const each = Math.max(1, Math.floor((seconds * cores) / only.length));
  const [queue, held] = [[...only], []];
  const lane = async () => {
    for (let target; (target = queue.shift()); ) held.push(await searchOne(program, target, each));
  };
  await Promise.all(Array.from({ length: cores }, lane));
  const passed = held.filter(Boolean).length;
  return { passed, failed: held.length - passed };
}

// Why there can be no search, if that is so; a compiler that may be installed is.
async function missing() {
  if (process.platform === "win32") return "The search runs on Linux and macOS.";
  if (which("c++", "g++", "clang++")) return undefined;
  if (!canInstall()) return "The search needs a C++ compiler, such as g++.";
  await apt(["g++"]);
}

// For a target that is named, the flags are not those of what the build itself runs.
async function compile({ cargo, env }, features) {
  const { stdout } = await capture(env.RUSTC ?? "rustc", ["-vV"], { env });
  const triple = /^host: (.+)$/m.exec(stdout)?.[1];
  const args = ["--package", "omneo-fuzz", "--features", features, "--release", "--target", triple, "--target-dir", DIRECTORY];
  await run(cargo, ["build", ...args], { env: { ...env, RUSTFLAGS }, otherwise: "The search does not compile; the message above says why." });
  return join(root, DIRECTORY, triple, "release", `search${exe}`);
}

async function searchOne(program, target, seconds) {
  const [found, broken] = ["found", "broken"].map((name) => join(DIRECTORY, name, target));
  for (const folder of [found, broken]) mkdirSync(join(root, folder), { recursive: true });
  const bounds = [`-max_total_time=${seconds}`, "-timeout=5", "-rss_limit_mb=1024", "-max_len=8192"];
  const options = [...bounds, `-artifact_prefix=${broken}/`, `-dict=${join("fuzz", "words.dict")}`];
  const env = { FUZZ_TARGET: target, RUST_BACKTRACE: "0" };
  const { code, stderr } = await capture(program, [found, join("fuzz", "corpus", target), ...options], { env });
  if (code === 0) return done(`${target}: ${/#(\d+)\s+DONE\s+cov: (\d+)/.exec(stderr)?.slice(1).join(" inputs, places reached: ")}`) ?? true;
  const input = /Test unit written to (\S+)/.exec(stderr)?.[1];
  console.error(`✗ ${target}: ${reason(stderr) ?? `it ended with ${code}`}`);
  if (input) console.error(advice(target, await smallest(program, env, input)));
  return false;
}

// The same, smaller, where ten seconds find it.
async function smallest(program, env, input) {
  const small = `${input}-small`;
  await capture(program, ["-minimize_crash=1", "-max_total_time=10", `-exact_artifact_path=${small}`, input], { env });
  return existsSync(join(root, small)) ? small : input;
}

const reason = (stderr) => /panicked at [^]*?(?=\nnote: |\n==)/.exec(stderr)?.[0] ?? /ERROR: libFuzzer: .*/.exec(stderr)?.[0];

const advice = (target, input) => `  The input is ${input}; to replay it, and to keep it:
  cp ${input} fuzz/corpus/${target}/ && cargo test --package omneo-fuzz ${target}`;

function given(args) {
  try {
    const { values } = parseArgs({ args, options: { seconds: { type: "string", default: "60" }, only: { type: "string" } } });
    const [seconds, only] = [Number(values.seconds), values.only?.split(",")];
    const stray = only?.find((name) => !all.includes(name));
    if (seconds > 0 && stray === undefined) return { seconds, only };
    throw new Error(stray ? `There is no target ${stray}` : `--seconds is ${values.seconds}`);
  } catch ({ message }) {
    throw new Failure(`${message} (accepted: --seconds NUMBER, --only TARGET,… of ${all.join(", ")})`);
  }
}

if (isProgram(import.meta.url)) {
  main(async (args) => {
    const options = given(args);
    const tools = await setUp();
    await run(tools.host.cargo, ["test", "--package", "omneo-fuzz", "--features", "relay"], { env: tools.host.env, otherwise: "An input of the corpus breaks a promise." });
    const { failed, skipped } = await search(tools, options);
    if (skipped) throw new Failure(skipped);
    return failed > 0 ? 1 : 0;
  });
}
