// The snippets of the README and the documentation.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../tools/process.mjs";

const docs = readdirSync(join(root, "docs")).filter((name) => name.endsWith(".md"));

export const PAGES = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", ...docs.map((name) => `docs/${name}`)];

/**
 * Each fenced block of a page: `{file, line, language, example, text, notRun}`. `example` is the file of `examples/` that it quotes,
 * where a link to that stands before it; `notRun` says why nobody runs it, where `<!-- not run: why -->` does.
 */
export function snippets(file) {
  const lines = readFileSync(join(root, file), "utf8").split("\n");
  const found = [];
  let open;
  for (const [at, line] of lines.entries()) {
    const [, indent, info] = /^(\s*)```(.*)$/.exec(line) ?? [];
    if (info === undefined) {
      open?.text.push(line.slice(open.indent));
    } else if (open) {
      found.push({ ...open, text: `${open.text.join("\n")}\n` });
      open = undefined;
    } else {
      const before = lines.slice(0, at).findLast((earlier) => earlier.trim() !== "") ?? "";
      const [, notRun] = /^\s*<!-- not run: (.+) -->$/.exec(before) ?? [];
      const [, example] = /^\[examples\/(\S+)\]\(/.exec(before) ?? [];
      open = { file, line: at + 1, indent: indent.length, language: info, example, text: [], notRun };
    }
  }
  return found;
}
