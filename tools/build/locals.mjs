// Fewer locals, and no copies between them.
//
// Of a call that answers two values wasm-opt keeps both in locals of their own as it writes the module, and copies them from there
// to where they belong; none of its passes sees that. So this comes last. It gives locals anew as a register allocator does
// (Chaitin, 1982): what is read together is a web, two webs of which one is a copy of the other become one, unless one changes
// while the other is still needed, and webs that are never needed at once share a local.

import { DROP, GET, SET, TEE, flow, instruction, number, reader } from "./bytecode.mjs";

/** The same module, in which each function has as few locals as that finds. */
export function shareLocals(module) {
  const read = reader(module, 8);
  const [types, functions, out] = [[], [], [module.subarray(0, 8)]];
  while (read.at < module.length) {
    const [id, length] = [read.byte(), read.number()];
    const section = module.subarray(read.at, (read.at += length));
    const inside = reader(section);
    if (id === TYPES) types.push(...inside.list(() => parameters(inside)));
    if (id === FUNCTIONS) functions.push(...inside.list(() => types[inside.number()]));
    const code = () => inside.list((index) => sized(body(inside, functions[index])));
    out.push(Buffer.of(id), sized(id === CODE ? listed(code()) : section));
  }
  return Buffer.concat(out);
}

const [TYPES, FUNCTIONS, CODE] = [1, 3, 10];

const listed = (items) => Buffer.concat([Buffer.from(number(items.length)), ...items]);
const sized = (bytes) => Buffer.concat([Buffer.from(number(bytes.length)), bytes]);

// The types of the parameters; the others are not looked at.
function parameters(read) {
  read.byte();
  const types = read.list(() => read.byte());
  read.list(() => read.byte());
  return types;
}

function body(read, given) {
  const length = read.number();
  const [from, end] = [read.at, read.at + length];
  const own = read.list(() => Array(read.number()).fill(read.byte())).flat();
  const code = [];
  while (read.at < end) code.push(instruction(read));
  const before = read.bytes.subarray(from, end);
  const after = allocated(code, [...given, ...own], given.length);
  return after && after.length < before.length ? after : before;
}

// The function anew; undefined where it reads a local at a place that is never reached.
function allocated(code, types, parameters) {
  const after = flow(code);
  const before = code.map(() => []);
  for (const [at, nexts] of after.entries()) for (const next of nexts) before[next]?.push(at);
  const webs = findWebs(code, types, after);
  if (!webs) return undefined;
  const needed = spread(before, code.map(() => 0n), (at, held) => beforeIt(code, webs, at, held));
  const isNeeded = (at) => (needed[at] & bit(webs.at[at])) > 0n;
  const { apart, copies } = conflicts(code, webs, needed, isNeeded, parameters);
  const shared = merged(webs, apart, copies);
  const { local, all } = coloured(webs, shared, apart, types.slice(0, parameters));
  const own = (at) => (webs.at[at] === undefined ? undefined : local.get(shared.of(webs.at[at])));
  const isKept = (at) => members(needed[at]).some((web) => local.get(shared.of(web)) === own(at));
  return Buffer.concat([declared(all.slice(parameters)), ...write(code, own, isNeeded, isKept)]);
}

/**
 * The web of each instruction that reads or writes a local, `at`; that of each local as the function begins, `first`; and the type
 * of each web.
 */
function findWebs(code, types, after) {
  // A definition is a local as the function begins, or an instruction that writes one.
  const defined = [...types.keys()];
  const definitions = code.map(({ op, given }) => (op === SET || op === TEE ? defined.push(given) - 1 : undefined));
  const ofLocal = types.map((_, local) => bits([...defined.keys()].filter((at) => defined[at] === local)));
  const begin = code.map((_, at) => (at === 0 ? bits([...types.keys()]) : 0n));
  const reaching = spread(after, begin, (at, held) => {
    const own = definitions[at];
    return own === undefined ? held : (held & ~ofLocal[defined[own]]) | bit(own);
  });
  const webs = groups(defined.length);
  for (const [at, { op, given }] of code.entries()) {
    if (op !== GET) continue;
    const [one, ...others] = members(reaching[at] & ofLocal[given]);
    if (one === undefined) return undefined;
    definitions[at] = one;
    for (const other of others) webs.join(one, other);
  }
  const web = (one) => (one === undefined ? undefined : webs.of(one));
  return { at: definitions.map(web), first: types.map((_, local) => web(local)), types: defined.map((local) => types[local]) };
}

// The webs that are needed before an instruction, where those are needed after it.
function beforeIt(code, webs, at, held) {
  const web = webs.at[at];
  if (web === undefined) return held;
  return code[at].op === GET ? held | bit(web) : held & ~bit(web);
}

/** Of each web the others that it must not share a local with, `apart`; and which webs are copies of which, and how often. */
function conflicts(code, webs, needed, isNeeded, parameters) {
  const apart = webs.types.map(() => 0n);
  const keepApart = (one, others) => {
    for (const other of members(others & ~bit(one))) {
      apart[one] |= bit(other);
      apart[other] |= bit(one);
    }
  };
  // As the function begins the parameters have their values, and what is needed besides is zero.
  const zero = beforeIt(code, webs, 0, needed[0]);
  const first = bits(webs.first.filter((web, local) => local < parameters || zero & bit(web)));
  for (const web of members(first)) keepApart(web, first);
  const copies = new Map();
  for (const [at, { op }] of code.entries()) {
    if ((op !== SET && op !== TEE) || !isNeeded(at)) continue;
    const source = [GET, TEE].includes(code[at - 1]?.op) ? webs.at[at - 1] : undefined;
    keepApart(webs.at[at], source === undefined ? needed[at] : needed[at] & ~bit(source));
    if (source !== undefined) copies.set(`${source} ${webs.at[at]}`, 1 + (copies.get(`${source} ${webs.at[at]}`) ?? 0));
  }
  return { apart, copies };
}

// Webs that are copies of others become one with them, the most frequent copies first.
function merged(webs, apart, copies) {
  const shared = groups(webs.types.length);
  // No two of what is there as the function begins.
  const first = new Set(webs.first);
  for (const [copy] of [...copies].sort((one, other) => other[1] - one[1])) {
    const [one, other] = copy.split(" ").map((web) => shared.of(Number(web)));
    const differs = webs.types[one] !== webs.types[other] || (first.has(one) && first.has(other));
    if (one === other || differs || apart[one] & bit(other)) continue;
    const [kept, gone] = first.has(other) ? [other, one] : [one, other];
    shared.join(kept, gone);
    apart[kept] |= apart[gone];
    for (const web of members(apart[gone])) apart[web] |= bit(kept);
  }
  return shared;
}

/** The local of each web, from the end of the function on, which was measured; and the types of all locals. */
function coloured(webs, shared, apart, all) {
  const used = new Set(webs.at.filter((web) => web !== undefined).map((web) => shared.of(web)));
  const local = new Map(webs.first.slice(0, all.length).map((web, at) => [shared.of(web), at]));
  const parameters = all.length;
  const holds = all.map(() => 0n);
  const give = (web, at) => {
    local.set(web, at);
    for (const own of webs.types.keys()) if (shared.of(own) === web) holds[at] |= bit(own);
  };
  for (const [web, at] of local) give(web, at);
  const first = new Set(webs.first.map((web) => shared.of(web)));
  for (const web of [...used].reverse()) {
    if (local.has(web)) continue;
    // What begins as zero is no parameter.
    const least = first.has(web) ? parameters : 0;
    let at = all.findIndex((type, at) => at >= least && type === webs.types[web] && (holds[at] & apart[web]) === 0n);
    if (at < 0) at = all.push(webs.types[web]) - 1;
    holds[at] ??= 0n;
    give(web, at);
  }
  return { local, all };
}

function declared(types) {
  const runs = [];
  for (const type of types) {
    if (runs.at(-1)?.type === type) runs.at(-1).count += 1;
    else runs.push({ type, count: 1 });
  }
  return listed(runs.map(({ type, count }) => Buffer.from([...number(count), type])));
}

// Each instruction with its local. Of two that follow each other and have the same one, less is left. `isNeeded` says whether the
// web of an instruction is needed after it, `isKept` whether any is that shares its local.
function write(code, local, isNeeded, isKept) {
  const out = [];
  for (const [at, { op, bytes }] of code.entries()) {
    const own = local(at);
    const last = out.at(-1);
    const isAgain = own !== undefined && last?.own === own;
    const isWritten = op === SET || op === TEE;
    if (own === undefined) out.push({ bytes });
    else if (isWritten && !isNeeded(at)) {
      if (op === TEE) continue;
      if (last?.op === GET) out.pop();
      else out.push({ bytes: Buffer.of(DROP) });
    } else if (op === SET && last?.op === GET && isAgain) out.pop();
    else if (isWritten && last?.op === TEE && isAgain) out.splice(-1, 1, { op, own });
    else if (op === GET && last?.op === SET && isAgain) {
      if (isKept(at)) out.splice(-1, 1, { op: TEE, own });
      else out.pop();
    } else out.push({ op, own });
  }
  return out.map(({ op, own, bytes }) => bytes ?? Buffer.from([op, ...number(own)]));
}

/** What holds at each instruction, where that begins with `held` and goes from each to those that `edges` names, as `step` says. */
function spread(edges, held, step) {
  const waiting = new Set(held.keys());
  for (const at of waiting) {
    waiting.delete(at);
    const out = step(at, held[at]);
    for (const next of edges[at]) {
      if (next >= held.length || (held[next] | out) === held[next]) continue;
      held[next] |= out;
      waiting.add(next);
    }
  }
  return held;
}

/** Numbers in groups, each of which goes by the first that others joined. */
function groups(count) {
  const parent = [...Array(count).keys()];
  const of = (one) => {
    while (parent[one] !== one) one = parent[one] = parent[parent[one]];
    return one;
  };
  return { of, join: (one, other) => void (parent[of(other)] = of(one)) };
}

const bit = (at) => 1n << BigInt(at);
const bits = (all) => all.reduce((held, at) => held | bit(at), 0n);

function members(held) {
  const all = [];
  for (const [at, digit] of [...held.toString(2)].reverse().entries()) if (digit === "1") all.push(at);
  return all;
}
