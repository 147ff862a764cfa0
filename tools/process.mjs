// Running other programs, and what a person at the terminal sees of it.

import { spawn } from "node:child_process";
import { accessSync, constants, realpathSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root folder. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/** Something a person can mend: its message is one sentence that says what is wrong and what to do. */
export class Failure extends Error {}

export const done = (what) => console.log(`✓ ${what}`);
export const doing = (what) => console.log(`… ${what}`);

/** Runs a program with this terminal as its own. Throws a {@link Failure} with `otherwise` where it does not succeed. */
export async function run(command, args, { env = {}, otherwise } = {}) {
  const { code } = await finished(command, args, { env, stdio: ["ignore", "inherit", "inherit"] });
  if (code !== 0) throw new Failure(otherwise ?? `${[command, ...args].join(" ")} failed (exit code ${code}).`);
}

/** Runs a program silently: its exit code and what it printed. A program that cannot be started has the code 127. */
export function capture(command, args, { env = {} } = {}) {
  return finished(command, args, { env, stdio: ["ignore", "pipe", "pipe"] });
}

/**
 * Runs a program, shows what it prints as it prints it, and answers it in the end. Where another runs beside it, `label` stands
 * before each line.
 */
export function tee(command, args, { env = {}, label } = {}) {
  return finished(command, args, { env, stdio: ["ignore", "pipe", "inherit"], show: label ? byLine(label) : write });
}

const write = (text) => process.stdout.write(text);

function byLine(label) {
  let begun = "";
  return (text) => {
    const lines = (begun + text).split("\n");
    begun = lines.pop();
    for (const line of lines) write(`${label} │ ${line}\n`);
  };
}

/** npm with these arguments, as {@link run} and its like take it. */
export function npm(args) {
  // Under `npm start`, npm names itself; that is the npm to use, and it needs no shell on Windows either.
  const { npm_execpath: path } = process.env;
  return path ? [process.execPath, [path, ...args]] : ["npm", args];
}

/** One of Binaryen's programs with these arguments, in the same way. */
export function binaryen(program, args) {
  return [process.execPath, [join(root, "node_modules", "binaryen", "bin", program), ...args]];
}

/** Where a program lies on the PATH, or undefined. */
export function which(...names) {
  for (const name of names) {
    for (const folder of (process.env.PATH ?? "").split(delimiter)) {
      const path = join(folder, name + exe);
      if (folder && isExecutable(path)) return path;
    }
  }
}

export function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The first of these paths that is one of a program, or undefined. */
export const firstOf = (...paths) => paths.find((path) => path && isExecutable(path));

/** What the file name of a program ends in. */
export const exe = process.platform === "win32" ? ".exe" : "";

/** Says what a long step does, does it, and says what came of it and how long it took. */
export async function timed(before, after, step) {
  doing(before);
  const start = performance.now();
  const result = await step();
  done(`${after} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  return result;
}

/** Runs the program that this file is; a {@link Failure} ends it with one line instead of a stack. */
export async function main(program) {
  try {
    process.exitCode = (await program(process.argv.slice(2))) ?? 0;
  } catch (error) {
    console.error(sentence(error));
    process.exitCode = 1;
  }
}

/** An error as shown to a person: the sentence of a {@link Failure}, everything of what nobody foresaw. */
export function sentence(error) {
  return error instanceof Failure ? `✗ ${error.message}` : error;
}

/** Whether `node` was started with the file of this `import.meta.url`, or merely imported it. */
export const isProgram = (url) => Boolean(process.argv[1]) && realpathSync(process.argv[1]) === fileURLToPath(url);

function finished(command, args, { env, stdio, show }) {
  return new Promise((resolve) => {
    // A variable set to undefined is one the program must not see.
    const child = spawn(command, args, { cwd: root, env: { ...process.env, ...env }, stdio });
    const printed = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"]) {
      child[name]?.setEncoding("utf8").on("data", (text) => {
        printed[name] += text;
        show?.(text);
      });
    }
    child.on("error", ({ message }) => resolve({ code: 127, stdout: "", stderr: message }));
    child.on("close", (code, signal) => resolve({ code: code ?? signal, ...printed }));
  });
}
