// The bytes of a WebAssembly module: numbers, lists, instructions.

/** Reads from there on; `at` is where it is. */
export function reader(bytes, at = 0) {
  return {
    bytes,
    at,
    byte() {
      return bytes[this.at++];
    },
    // LEB128, as WebAssembly has its numbers.
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
    list(one) {
      return Array.from({ length: this.number() }, (_, index) => one(index));
    },
  };
}

/** A number as LEB128. */
export function number(value) {
  const bytes = [];
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
  return [...bytes, value];
}

export const [BLOCK, LOOP, IF, ELSE, END] = [0x02, 0x03, 0x04, 0x05, 0x0b];
export const [UNREACHABLE, BRANCH, BRANCH_IF, BRANCH_TABLE, RETURN] = [0x00, 0x0c, 0x0d, 0x0e, 0x0f];
export const [DROP, GET, SET, TEE] = [0x1a, 0x20, 0x21, 0x22];

/** Reads an instruction: its code, its bytes, and its number, if it has one; of a branch by table all of them. */
export function instruction(read) {
  const from = read.at;
  const op = read.byte();
  const given = immediates(op, read);
  return { op, given, bytes: read.bytes.subarray(from, read.at) };
}

function immediates(op, read) {
  const is = (...ranges) => ranges.some(([first, last = first]) => op >= first && op <= last);
  if (is([BLOCK, IF], [BRANCH, BRANCH_IF], [0x10], [GET, 0x26], [0x3f, 0x42])) return read.number();
  if (op === BRANCH_TABLE) return [...read.list(() => read.number()), read.number()];
  // An indirect call; loads and stores; constants with a point; a selection with its type.
  if (is([0x11], [0x28, 0x3e])) return void [read.number(), read.number()];
  if (is([0x43, 0x44])) return void (read.at += op === 0x43 ? 4 : 8);
  if (op === 0x1c) return void read.list(() => read.byte());
  // Numbers cut off, and memory that is moved as a whole: how many indices follow.
  if (op === 0xfc) {
    const indices = [0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2, 1][read.number()];
    read.at += indices;
    return undefined;
  }
  if (!is([UNREACHABLE, 0x01], [ELSE], [END], [RETURN], [DROP, 0x1b], [0x45, 0xc4])) throw new Error(`The instruction ${op.toString(16)} is unknown.`);
}

/** Which instructions may come after each one; the first that there is not is the end of the function. */
export function flow(code) {
  const [ends, elses, open] = [new Map(), new Map(), []];
  for (const [at, { op }] of code.entries()) {
    if (op >= BLOCK && op <= IF) open.push(at);
    if (op === ELSE) elses.set(open.at(-1), at);
    if (op === END) ends.set(open.pop(), at);
  }
  const target = (depth) => {
    const label = open.at(-1 - depth);
    if (label === undefined) return code.length;
    return (code[label].op === LOOP ? label : ends.get(label)) + 1;
  };
  return code.map(({ op, given }, at) => {
    if (op >= BLOCK && op <= IF) open.push(at);
    if (op === IF) return [at + 1, (elses.get(at) ?? ends.get(at)) + 1];
    if (op === ELSE) return [ends.get(open.at(-1)) + 1];
    if (op === END) open.pop();
    if (op === BRANCH) return [target(given)];
    if (op === BRANCH_IF) return [at + 1, target(given)];
    if (op === BRANCH_TABLE) return given.map(target);
    return op === RETURN || op === UNREACHABLE ? [] : [at + 1];
  });
}
