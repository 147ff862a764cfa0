// What docs/privacy-officer.md says, which is the one place that has it: a report says the same in the same words.

import page from "../../docs/privacy-officer.md";
import { code, strong } from "./blocks.mjs";

/** The blocks under that heading, up to the next one. */
export const under = (title) => paragraphs(title).map(block);

/** The first of them. */
export const opening = (title) => block(paragraphs(title)[0]);

/** The one table under that heading. */
export const table = (title) => block(paragraphs(title).find(([line]) => line.startsWith("|")));

// What stands between empty lines, in lines.
function paragraphs(title) {
  const lines = page.split("\n");
  const start = lines.findIndex((line) => line.startsWith("#") && line.replace(/^#+ /, "") === title);
  if (start < 0) throw new Error(`docs/privacy-officer.md has no heading "${title}"`);
  const behind = lines.slice(start + 1);
  const end = behind.findIndex((line) => line.startsWith("#"));
  const text = behind.slice(0, end < 0 ? undefined : end).join("\n").trim();
  return text.split(/\n{2,}/).map((paragraph) => paragraph.split("\n"));
}

function block(lines) {
  if (lines[0].startsWith("|")) {
    const [head, , ...rows] = lines.map((line) => line.slice(1, line.lastIndexOf("|")).split("|").map((cell) => words(cell.trim())));
    return { head, rows };
  }
  if (lines[0].startsWith("- ")) return { list: lines.join("\n").split(/\n(?=- )/).map((item) => words(item.slice(2))) };
  if (/^(```|\d+\. |>)/.test(lines[0])) throw new Error(`docs/privacy-officer.md: a report cannot have "${lines[0]}"`);
  return { text: words(lines.join("\n")) };
}

// Of a link its words: a report stands alone.
function words(text) {
  const plain = text.replace(/\s+/g, " ").replace(/\[([^\]]*)\]\([^)]*\)/g, "$1");
  return plain.split(/(`[^`]+`|\*\*[^*]+\*\*)/).flatMap((part) => {
    if (part.startsWith("`")) return code(part.slice(1, -1));
    if (part.startsWith("**")) return strong(part.slice(2, -2));
    return part === "" ? [] : part.replace(/\*([^*]+)\*/g, "$1");
  });
}
