// The customer's records as a file.

/** Offers a file of all records, as `json` or `csv`. */
export function save(kind, entries) {
  const blob = new Blob([FORMATS[kind](entries)], { type: kind === "json" ? "application/json" : "text/csv;charset=utf-8" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `records-${new Date().toISOString().slice(0, 10)}.${kind}`;
  link.click();
  // The browser has begun to write it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

const FORMATS = {
  json: (entries) => JSON.stringify(entries.map(({ where, record }) => (where === "omneo" ? record : { ...record, waiting: where })), undefined, 2),
  // Spreadsheets know by the mark at its beginning that it is UTF-8.
  csv(entries) {
    const columns = [...new Set([...FIRST, ...entries.flatMap(({ record }) => Object.keys(record)), "waiting"])];
    const rows = entries.map((entry) => {
      const fields = { ...entry.record, waiting: entry.where === "omneo" ? "" : entry.where };
      return columns.map((name) => cell(Object.hasOwn(fields, name) ? fields[name] : ""));
    });
    return `\uFEFF${[columns.map(cell), ...rows].map((row) => row.join(",")).join("\r\n")}\r\n`;
  },
};

const FIRST = ["id", "interacted_at", "created_at", "action", "channel", "signal", "name", "namespace", "url"];

// What begins like a formula is a text: a spreadsheet would run it. A number is none.
function cell(value) {
  if (typeof value === "number") return `${value}`;
  const text = typeof value === "string" ? value : value == null ? "" : JSON.stringify(value);
  return `"${text.replace(/^[\s\uFEFF]*[=+\-@|%\t\r＝＋－＠]/, "'$&").replaceAll('"', '""')}"`;
}
