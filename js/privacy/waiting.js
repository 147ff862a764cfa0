// What waits in this browser to be sent: `src/browser/keys.rs` has its keys, `src/queue/snapshot.rs` its form.

/** What waits for that customer: the `record` and when it was `accepted`. */
export const waitingOf = (customer) => groups().flatMap(({ kept }) => kept.filter((one) => isOf(customer, one)));

/**
 * Forgets what waits for that customer, or the one of that `eventId`; returns how much. A page of the site that holds it sees that its
 * key is gone, and does not send it.
 */
export function forgetWaiting(customer, eventId) {
  let forgotten = 0;
  for (const { key, kept } of groups()) {
    const others = kept.filter((one) => !isOf(customer, one) || (eventId && one.record.meta?.event_id !== eventId));
    if (others.length === kept.length) continue;
    localStorage.removeItem(key);
    leave(others);
    forgotten += kept.length - others.length;
  }
  return forgotten;
}

// The others of the same task, as if a page had gone that left them: the next page takes them over.
function leave(others) {
  if (!others.length) return;
  const page = `omneo:${crypto.getRandomValues(new Uint32Array(1))[0]}`;
  others.forEach((one, number) => localStorage.setItem(`${page}:${number}`, JSON.stringify(one)));
  localStorage.setItem(page, "");
  const channel = new BroadcastChannel("omneo:");
  channel.postMessage([page, false]);
  channel.close();
}

function groups() {
  try {
    return Object.keys(localStorage).flatMap((key) => {
      const kept = /^omneo:\d+:\d+$/.test(key) ? [read(localStorage.getItem(key))].flat().filter((one) => one?.record) : [];
      return kept.length ? [{ key, kept }] : [];
    });
  } catch {
    // Storage is blocked.
    return [];
  }
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    // None of ours.
  }
}

const isOf = (customer, { profile, last }) => (profile ?? last) === customer;
