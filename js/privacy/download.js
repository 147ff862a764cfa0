// The customer's records as a file.

import { csv } from "../csv.js";
import * as file from "../save.js";

/** Offers a file of all records, as `json` or `csv`. */
export function save(kind, entries) {
  const type = kind === "json" ? "application/json" : "text/csv;charset=utf-8";
  file.save(`records-${new Date().toISOString().slice(0, 10)}.${kind}`, FORMATS[kind](entries), type);
}

const FORMATS = {
  json: (entries) => JSON.stringify(entries.map(({ where, record }) => (where === "omneo" ? record : { ...record, waiting: where })), undefined, 2),
  csv(entries) {
    const columns = [...new Set([...FIRST, ...entries.flatMap(({ record }) => Object.keys(record)), "waiting"])];
    const rows = entries.map((entry) => {
      const fields = { ...entry.record, waiting: entry.where === "omneo" ? "" : entry.where };
      return columns.map((name) => (Object.hasOwn(fields, name) ? fields[name] : ""));
    });
    return csv([columns, ...rows]);
  },
};

const FIRST = ["id", "interacted_at", "created_at", "action", "channel", "signal", "name", "namespace", "url"];
