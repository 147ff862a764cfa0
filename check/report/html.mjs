// A report as one page of HTML, which loads nothing and runs nothing.

import { createHash } from "node:crypto";
import { visible } from "./blocks.mjs";
import style from "./style.css";

/** The blocks as a page. */
export function html(blocks) {
  const [{ title }] = blocks;
  const hash = createHash("sha256").update(style).digest("base64");
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${words(title)}</title>
<style>${style}</style>
</head>
<body>
<main id="main" class="report" tabindex="-1">
${blocks.map(block).join("\n")}
</main>
</body>
</html>
`;
}

function block({ title, level, text, list, head, rows, lines }) {
  if (title) return `<h${level}>${words(title)}</h${level}>`;
  if (text) return `<p>${words(text)}</p>`;
  if (list) return `<ul>\n${list.map((item) => `<li>${words(item)}</li>`).join("\n")}\n</ul>`;
  if (rows) return table(head, rows);
  return `<div class="lines">\n${lines.map((line) => `<p>${escaped(line)}</p>`).join("\n")}\n</div>`;
}

// On a narrow screen a row stands as a block of its own, which is no row to a screen reader unless it says so.
function table(head, rows) {
  const cells = (row) => row.map((cell, at) => `<td role="cell" data-head="${plain(head[at])}">${words(cell)}</td>`).join("");
  const body = rows.map((row) => `<tr role="row">${cells(row)}</tr>`).join("\n");
  const columns = head.map((cell) => `<th role="columnheader" scope="col">${words(cell)}</th>`).join("");
  return `<table role="table">\n<thead role="rowgroup"><tr role="row">${columns}</tr></thead>\n<tbody role="rowgroup">\n${body}\n</tbody>\n</table>`;
}

const words = (parts) => parts.map(word).join("");

function word(part) {
  if (typeof part === "string") return escaped(part);
  if (part.strong !== undefined) return `<strong>${escaped(part.strong)}</strong>`;
  return part.code === undefined ? `<bdi>${escaped(part.quoted)}</bdi>` : `<code dir="auto">${escaped(part.code)}</code>`;
}

const plain = (parts) => parts.map((part) => escaped(typeof part === "string" ? part : Object.values(part)[0])).join("");

const escaped = (text) => visible(text).replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);
