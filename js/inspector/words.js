// What happened to a record, in words.

/** What it is. */
export const heading = ({ kind, record, event, reason }) =>
  [kind, record?.name && `“${record.name}”`].filter(Boolean).join(" ") || (event === "failed" ? reason : "A record of an earlier page");

/** What the tracker decided of it, and why: one sentence each. */
export function verdictOf({ event, source, rule, reason, dropped = [], struck = [] }) {
  if (event === "failed") return ["failed"];
  if (event === "kept") return ["recorded by an earlier page"];
  return [
    `${event} by rule ${rule}${reason ? `: ${reason}` : ""}`,
    source && `told by ${SOURCES[source]}`,
    ...dropped.map(({ field, reason: why }) => `left out ${field}: ${why}`),
    struck.length > 0 && `something was struck out of ${struck.join(", ")}`,
  ].filter(Boolean);
}

/** A step on its way. */
export function stepOf({ step, status, why }) {
  const answer = status === 0 ? "without an answer" : status;
  if (step === "stored") return "stored in this browser";
  if (step === "sent") return "sent";
  if (step === "answered") return status === 0 ? "not answered" : `answered ${status}`;
  return [step, answer, why && `– ${why}`].filter(Boolean).join(" ");
}

/** Who told of it. */
const SOURCES = { call: "a call of the site's, or a click", capture: "the tracker's own capture", emitted: "what the site emits" };
