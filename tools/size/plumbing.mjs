// How much of the source is plumbing: code that neither decides nor reads nor does anything of the tracker's own, but brings values
// across the boundary, guards it, loads the module, or gives it memory. `tools/plumbing.json` says which files that is, and why.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { Failure, root } from "../process.mjs";

const FILE = "tools/plumbing.json";

/**
 * The plumbing: `{limit, files: [{file, why, lines}], lines, all, share}`; `all` is how many lines of code `src/` and `js/` have. Of a
 * file that is only plumbing at its end, `from` is the line with which that begins.
 */
export function plumbing(folder = root, given = JSON.parse(readFileSync(join(root, FILE), "utf8"))) {
  const code = new Map(sources(folder).map((file) => [file, codeOf(file, readFileSync(join(folder, file), "utf8"))]));
  const files = given.files.map(({ file, why, from }) => ({ file, why, lines: partOf(code.get(file), file, from).length }));
  const lines = sum(files.map((one) => one.lines));
  const all = sum([...code.values()].map(({ length }) => length));
  return { limit: given.limit, files, lines, all, share: lines / all };
}

function partOf(lines, file, from) {
  if (!lines) throw new Failure(`${FILE} names ${file}, which is not there: take it out.`);
  const begin = from === undefined ? 0 : lines.indexOf(from);
  if (begin < 0) throw new Failure(`${FILE} names ${file} from "${from}" on, and no line of it is that.`);
  return lines.slice(begin);
}

/** Prints it, each file in a line where there are `details`; returns whether it is within its limit. */
export function checkPlumbing({ details = false } = {}) {
  const { limit, files, lines, all, share } = plumbing();
  const width = Math.max(...files.map(({ file }) => file.length));
  if (details) for (const { file, why, lines } of files) console.log(`${file.padEnd(width)} ${`${lines}`.padStart(5)}  ${why}`);
  const isKept = share <= limit;
  console.log(`${isKept ? "✓" : "✗"} plumbing: ${lines} of ${all} lines of code, ${percent(share)} of ${percent(limit)}`);
  return isKept;
}

/** The lines of code of a file: neither comments, nor empty lines, nor tests beside the code. As rustfmt and our own style lay it out. */
export function codeOf(file, text) {
  const lines = file.endsWith(".rs") ? withoutTests(text.split("\n")) : text.split("\n");
  let isComment = false;
  return lines.filter((line) => {
    const trimmed = line.trim();
    isComment ||= trimmed.startsWith("/*");
    const isCode = !isComment && trimmed !== "" && !trimmed.startsWith("//");
    isComment &&= !trimmed.endsWith("*/");
    return isCode;
  });
}

// What stands behind `#[cfg(test)]` ends with its own line, or with a brace that is indented as it is.
function withoutTests(lines) {
  const code = [];
  for (let at = 0; at < lines.length; at += 1) {
    const [, indent] = /^( *)#\[cfg\(test\)\]$/.exec(lines[at]) ?? [];
    if (indent === undefined) code.push(lines[at]);
    else at = endOf(lines, at, indent);
  }
  return code;
}

function endOf(lines, from, indent) {
  const item = lines.findIndex((line, at) => at > from && !line.trim().startsWith("#["));
  if (/[;}]$/.test(lines[item])) return item;
  const last = new RegExp(`^${indent}[)}\\]]+;?$`);
  return lines.findIndex((line, at) => at > item && last.test(line));
}

// All files of ours but those that are tests: by their name, or because `#[cfg(test)]` stands before their module.
function sources(folder) {
  const files = ["src", "js"].flatMap((top) => filesOf(folder, top)).filter((file) => /\.(rs|js)$/.test(file) && !/\/tests[./]/.test(file));
  const tests = files.filter((file) => file.endsWith(".rs")).flatMap((file) => testsOf(file, readFileSync(join(folder, file), "utf8")));
  return files.filter((file) => !tests.some((test) => file === `${test}.rs` || file.startsWith(`${test}/`)));
}

function testsOf(file, text) {
  const inside = file.endsWith("/lib.rs") ? dirname(file) : file.slice(0, -".rs".length);
  return [...text.matchAll(/#\[cfg\(test\)\]\n *(?:pub(?:\(\w+\))? )?mod (\w+);/g)].map(([, name]) => `${inside}/${name}`);
}

function filesOf(folder, top) {
  if (!existsSync(join(folder, top))) return [];
  return readdirSync(join(folder, top), { withFileTypes: true }).flatMap((entry) => {
    const path = `${top}/${entry.name}`;
    return entry.isDirectory() ? filesOf(folder, path) : [path];
  });
}

const sum = (numbers) => numbers.reduce((so, number) => so + number, 0);
const percent = (share) => `${(share * 100).toFixed(1)} %`;
