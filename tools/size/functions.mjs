// `npm run size -- --functions`: what the module's bytes are spent on, by room and by function.

/**
 * The parts of a module that has its names: `{code, data, functions: [{name, room, bytes}]}`, the largest function first. One that
 * is called in one place only is part of the one that calls it.
 */
export function ledger(module) {
  const read = reader(module, 8);
  let [imported, code, data, bodies, names] = [0, undefined, undefined, [], new Map()];
  while (read.at < module.length) {
    const [id, length] = [read.byte(), read.number()];
    const end = read.at + length;
    const section = module.subarray(read.at, end);
    if (id === IMPORTS) imported = read.number();
    if (id === CODE) [code, bodies] = [section, Array.from({ length: read.number() }, () => skip(read))];
    if (id === DATA) data = section;
    if (id === CUSTOM && read.text() === "name") names = functionNames(read, end);
    read.at = end;
  }
  const functions = bodies.map((bytes, index) => ({ ...named(names.get(imported + index) ?? "?"), bytes }));
  return { code, data, functions: functions.sort((one, other) => other.bytes - one.bytes) };
}

/** Prints the ledger of a module; `brotli(bytes)` is what some bytes take compressed. */
export function printLedger(module, brotli) {
  const { code, data, functions } = ledger(module);
  const all = brotli(code);
  const share = (bytes) => (bytes / code.length) * all;
  const row = (what, ...counts) => {
    console.log(what.slice(0, 63).padEnd(64) + counts.map((count) => Math.round(count).toLocaleString("en").padStart(9)).join(""));
  };
  console.log(`\n${"the module's parts, each by itself".padEnd(64)}      raw   brotli`);
  row("code", code.length, all);
  row("texts and tables", data.length, brotli(data));
  console.log("\nrooms, at their share of the code");
  const rooms = new Map();
  for (const { room, bytes } of functions) rooms.set(room, (rooms.get(room) ?? 0) + bytes);
  for (const [room, bytes] of [...rooms].sort((one, other) => other[1] - one[1])) row(room, bytes, share(bytes));
  console.log("\nthe largest functions");
  for (const { name, bytes } of functions.slice(0, LARGEST)) row(name, bytes, share(bytes));
}

const LARGEST = 40;
const [CUSTOM, IMPORTS, CODE, DATA] = [0, 2, 10, 11];

function functionNames(read, end) {
  const names = new Map();
  while (read.at < end) {
    const [kind, length] = [read.byte(), read.number()];
    const next = read.at + length;
    if (kind === 1) for (let left = read.number(); left > 0; left -= 1) names.set(read.number(), read.text());
    read.at = next;
  }
  return names;
}

// Reads a module from there on: bytes, numbers in LEB128, and texts behind their length.
function reader(bytes, at) {
  return {
    at,
    byte() {
      return bytes[this.at++];
    },
    number() {
      let [value, shift, byte] = [0, 0, 128];
      for (; byte & 128; shift += 7) value |= ((byte = this.byte()) & 127) << shift;
      return value >>> 0;
    },
    text() {
      const length = this.number();
      this.at += length;
      return new TextDecoder().decode(bytes.subarray(this.at - length, this.at));
    },
  };
}

function skip(read) {
  const length = read.number();
  read.at += length;
  return length;
}

// The identifiers in a symbol of rustc's (RFC 2603): a crate, its modules and what they define, each behind its length. Hashes of
// crates, numbers of siblings and references to what stood before are passed over.
function named(symbol) {
  if (!symbol.startsWith("_R")) return { name: symbol, room: "what JavaScript calls, with what only that calls" };
  const path = [];
  const part = /C?s[0-9A-Za-z]*_|B[0-9A-Za-z]*_|(\d+)_?|./gy;
  part.lastIndex = 2;
  for (let found; (found = part.exec(symbol)); ) {
    const from = part.lastIndex;
    if (found[1]) path.push(symbol.slice(from, (part.lastIndex += Number(found[1]))));
  }
  const [crate, ...inside] = path;
  return crate === "omneo_interactions"
    ? { name: inside.join("::"), room: inside[0] }
    : { name: path.join("::"), room: "the standard library" };
}
