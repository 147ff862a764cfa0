// Rows as comma-separated values (RFC 4180), as spreadsheets read them.

/** A file's text. Spreadsheets know by the mark at its beginning that it is UTF-8. */
export const csv = (rows) => `\uFEFF${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;

// What begins like a formula is a text: a spreadsheet would run it. A number is none.
function cell(value) {
  if (typeof value === "number") return `${value}`;
  const text = typeof value === "string" ? value : value == null ? "" : JSON.stringify(value);
  return `"${text.replace(/^[\s\uFEFF]*[=+\-@|%\t\r＝＋－＠]/, "'$&").replaceAll('"', '""')}"`;
}
