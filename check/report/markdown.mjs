// A report as Markdown, of GitHub's kind.

import { visible } from "./blocks.mjs";

/** The blocks as Markdown, in which somebody else's text stays text. */
export const markdown = (blocks) => `${blocks.map(block).join("\n\n")}\n`;

function block({ title, level, text, list, head, rows, lines }) {
  if (title) return `${"#".repeat(level)} ${words(title)}`;
  if (text) return inFront(words(text));
  if (list) return list.map((item) => `- ${inFront(words(item))}`).join("\n");
  if (rows) return [row(head.map(words)), row(head.map(() => "---")), ...rows.map((cells) => row(cells.map(words)))].join("\n");
  return lines.map((line) => `${line}: ________________________________`).join("\n\n");
}

const row = (cells) => `| ${cells.join(" | ")} |`;

const words = (parts) => parts.map(word).join("").trim();

function word(part) {
  if (typeof part === "string") return escaped(part);
  if (part.strong !== undefined) return `**${escaped(part.strong)}**`;
  return part.code === undefined ? escaped(part.quoted.trim()) : letters(visible(part.code));
}

// Between backticks nothing can be escaped.
const letters = (text) => (/[`|\\]|^\s*$|^\s|\s$/.test(text) ? escaped(text) : `\`${text}\``);

// What begins markup anywhere, and what becomes a link by itself.
const escaped = (text) =>
  visible(text)
    .replace(/[\\`*_[\]<>|#~&$@!]/g, "\\$&")
    .replace(/:(?=\/\/)/g, "\\:")
    .replace(/\bwww\./gi, "www\\.");

// What begins a list or underlines a title where a line begins.
const inFront = (line) => line.replace(/^([-+=])/, "\\$1").replace(/^(\d+)([.)])/, "$1\\$2");
