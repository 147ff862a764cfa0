// The rows of the table: what is limited and wanted, and where its figure lies.

/** `{what, part, of: figures → number, unit, limit, wanted, isLess}`; without a limit it is there to be known. */
export const ROWS = [
  ...["sqlite", "postgres"].flatMap((part) => [
    { part, what: "in batches of 20", unit: "records/s", of: ({ most }) => most.records_a_second, ...{ sqlite: { limit: 10_000, wanted: 20_000 }, postgres: { limit: 5_000, wanted: 10_000 } }[part] },
    { part, what: "p99 of the answer at half of what is wanted", unit: "ms", isLess: true, of: ({ steady }) => steady.ms.p99, ...(part === "sqlite" && { limit: 50, wanted: 25 }) },
    { part, what: "p99 of the answer at half of the most", unit: "ms", isLess: true, of: ({ half }) => half.ms.p99 },
    { part, what: "p99 of the answer at the most", unit: "ms", isLess: true, of: ({ most }) => most.ms.p99 },
    { part, what: "single records, 256 clients", unit: "records/s", of: ({ single }) => single.records_a_second, limit: 2_000, wanted: 5_000 },
    { part, what: "p99 of a single record's answer", unit: "ms", isLess: true, of: ({ single }) => single.ms.p99 },
    { part, what: "the relay's share of the processors, at the most", unit: "cores", isLess: true, of: ({ most }) => most.cores },
  ]),
  { part: "waiting", what: "memory at rest", unit: "MB", isLess: true, of: ({ rest }) => rest, limit: 30 },
  { part: "waiting", what: "memory with the records waiting", unit: "MB", isLess: true, of: ({ full }) => full, limit: 120 },
  { part: "waiting", what: "the most memory while they came", unit: "MB", isLess: true, of: ({ most }) => most, limit: 120 },
  { part: "waiting", what: "memory after a start with them", unit: "MB", isLess: true, of: ({ started }) => started, limit: 120 },
  { part: "waiting", what: "start with them until `/readyz` answers 200", unit: "s", isLess: true, of: ({ seconds }) => seconds, limit: 2 },
  { part: "waiting", what: "records that wait", unit: "", of: ({ records }) => records },
  { part: "forwarding", what: "requests a second, as a share of the setting", unit: "%", within: 5, of: ({ sent, rate }) => (sent / rate) * 100 },
  { part: "forwarding", what: "of these, for the customer who is not slow", unit: "a second", of: ({ fast }) => fast },
  { part: "forwarding", what: "for the customer whose every request takes 5 s", unit: "a second", of: ({ slow }) => slow },
  { part: "forwarding", what: "for a brand beside it whose every request takes 5 s", unit: "a second", of: ({ slowBrand }) => slowBrand },
];

/** Whether a figure is as wanted, within its limit, or neither. */
export function verdict({ limit, wanted, isLess, within }, value) {
  if (within !== undefined) return Math.abs(value - 100) <= within ? "reached" : "**not reached**";
  if (limit === undefined) return "";
  const reaches = (bound) => (isLess ? value <= bound : value >= bound);
  if (wanted !== undefined && reaches(wanted)) return "as wanted";
  if (!reaches(limit)) return "**not reached**";
  return wanted === undefined ? "reached" : "reached, less than wanted";
}
