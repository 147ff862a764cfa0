// What was recorded, a line each: from the sandbox, or from the command that reads Omneo.

/**
 * A record without its customer: `at` in milliseconds since 1970, the rest as Omneo names it; `form` is `meta.form`.
 * @typedef {{id: number, at: number, action: string, channel: string, signal: -1 | 0 | 1, namespace: string, name: string, url: string | null, product_id: number | null, form: string | null}} Row
 */

/**
 * All records at that address: first `{"total"}`, then the records, then `{"end": true}`, or `{"error"}` where it broke off. `told` is
 * called with how many have come, and of how many.
 * @returns {Promise<Row[]>}
 */
export async function read(address, told, signal) {
  const answer = await fetch(address, { signal });
  if (!answer.ok || !answer.body) throw new Error(`The records were answered with status ${answer.status}.`);
  /** @type {Map<number, Row>} */
  const rows = new Map();
  let total = 0;
  let isWhole = false;
  for await (const line of lines(answer.body)) {
    const said = JSON.parse(line);
    if (said.error) throw new Error(said.error);
    if (said.end) isWhole = true;
    else if ("total" in said) total = said.total;
    else rows.set(said.id, said); // While pages are read, a record may move to the next.
    if (rows.size % 500 === 0) told(rows.size, total);
  }
  if (!isWhole) throw new Error("The records broke off before their end.");
  return [...rows.values()];
}

async function* lines(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const [...whole] = (rest + value).split("\n");
    rest = whole.pop() ?? "";
    yield* whole;
  }
  if (rest) yield rest;
}
