// What became of each record: what the relay acknowledged against what Omneo has.

/**
 * Counts of records: acknowledged, at Omneo once, lost, twice, on another customer's profile, out of order, there though nobody handed
 * them in or though they were refused, given up by the relay, and of those that were never answered how many are there.
 */
export function judge(records, rows, dead) {
  const copies = grouped(rows);
  const gone = new Map(dead.map(({ event_id, reason }) => [event_id, reason]));
  const own = [...records].map(([id, record]) => ({ id, ...record, copies: copies.get(id) ?? [], dead: gone.get(id) }));
  const acknowledged = own.filter(({ state }) => state === "acknowledged");
  return {
    handed: own.length,
    acknowledged: acknowledged.length,
    once: acknowledged.filter(({ copies }) => copies.length === 1).length,
    lost: acknowledged.filter(({ copies, dead }) => copies.length === 0 && !dead).length,
    twice: own.filter(({ copies }) => copies.length > 1).length,
    others: own.filter(({ copies, profile }) => copies.some((copy) => copy.profile !== profile)).length,
    order: outOfOrder(records, rows),
    unasked: rows.filter(({ event_id }) => (records.get(event_id)?.state ?? "refused") === "refused").length,
    dead: gone.size,
    unanswered: own.filter(({ state, copies }) => state === "handed" && copies.length > 0).length,
    reasons: reasons(dead),
  };
}

// How many came after one of the same customer's that was handed in later.
function outOfOrder(records, rows) {
  const last = new Map();
  let count = 0;
  for (const { event_id, profile } of rows) {
    const place = records.get(event_id)?.place ?? 0;
    if (place < (last.get(profile) ?? 0)) count += 1;
    else last.set(profile, place);
  }
  return count;
}

function reasons(dead) {
  const counts = new Map();
  for (const { reason } of dead) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].map(([reason, count]) => `${count} ${reason}`).join(", ");
}

function grouped(rows) {
  const groups = new Map();
  for (const row of rows) groups.set(row.event_id, [...(groups.get(row.event_id) ?? []), row]);
  return groups;
}
