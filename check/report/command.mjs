// `omneo-interactions policy report [policy.json]`: writes what a privacy officer signs.

import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { Failure } from "../failure.mjs";
import { ready } from "../module.mjs";
import { html } from "./html.mjs";
import { mistake } from "./judge.mjs";
import { markdown } from "./markdown.mjs";
import { reportOn } from "./report.mjs";

const FORMATS = { markdown, html };

/** Answers 0; a mistake in what was given, or in the policy, is a failure. */
export async function report(args) {
  const { path, format, output } = options(args);
  const { policy, ...about } = path === undefined ? { policy: {} } : await read(path);
  await ready("https://page.invalid/");
  const wrong = mistake(policy);
  if (wrong) throw new Failure(`${path}: the tracker refuses this policy: ${wrong.message}.`, 1);
  const text = FORMATS[format](reportOn(policy, about));
  if (output === undefined) process.stdout.write(text);
  else await writeFile(output, text).catch(({ message }) => fail(`${output} cannot be written: ${message}`));
  return 0;
}

function options(args) {
  try {
    const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
    const [path, ...more] = positionals;
    const format = values.format ?? (/\.html?$/i.test(values.output ?? "") ? "html" : "markdown");
    if (more.length > 0) fail(`policy report takes one file, and "${more[0]}" is another.`);
    if (!Object.hasOwn(FORMATS, format)) fail(`--format is "${format}"; accepted: ${Object.keys(FORMATS).join(", ")}.`);
    return { path, format, output: values.output };
  } catch (error) {
    throw error instanceof Failure ? error : new Failure(`${error.message.split("\n")[0]} (accepted: [policy.json] [--format markdown|html] [--output FILE])`);
  }
}

/** @type {import("node:util").ParseArgsOptionsConfig} */
const OPTIONS = { format: { type: "string", short: "f" }, output: { type: "string", short: "o" } };

async function read(path) {
  const bytes = await readFile(path).catch(({ message }) => fail(`${path} cannot be read: ${message}`));
  return { policy: parsed(path, bytes), name: basename(path), hash: createHash("sha256").update(bytes).digest("hex") };
}

function parsed(path, bytes) {
  try {
    return JSON.parse(bytes.toString().replace(/^\ufeff/, ""));
  } catch ({ message }) {
    return fail(`${path} is no JSON: ${message}`);
  }
}

/** @returns {never} */
function fail(why) {
  throw new Failure(why);
}
