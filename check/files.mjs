// The tracker's own files: whether they are there, of one version, and of the right type.

import { createHash } from "node:crypto";
import { OWN, nameOf } from "./platform.mjs";

const NAMES = /omneo-interactions[\w.-]*\.(?:js|wasm)/g;
const HASHES = /sha256-[\w+/]{43}=/g;

export async function files({ page: { tag, base }, given, get, loaded }) {
  if (!tag || !URL.canParse(tag.attributes.src, base)) return [];
  const address = new URL(tag.attributes.src, base);
  const start = await loaded(tag);
  if (!start) return [];
  if (start.status !== 200) return [missing(address, start)];
  // What it loads, and the hashes by which it knows it.
  const hashes = start.text.match(HASHES) ?? [];
  if (hashes.length === 0) return [{ what: `${address.pathname} is not the tracker's start.`, mend: "put snippet.js of the package's dist/ there." }];
  const wrong = isNamed(start.bytes, tag.attributes.integrity) ? [] : [another(address, "the tag's `integrity`")];
  for (const name of new Set(start.text.match(NAMES))) {
    const isModule = name.endsWith(".wasm");
    const beside = new URL(isModule && typeof given.module === "string" ? given.module : name, isModule && given.module ? base : address);
    const file = await get(beside, `the file ${beside.pathname}`);
    if (file) wrong.push(...looked(file, beside, given.module && isModule ? undefined : hashes));
  }
  const adapter = nameOf(given);
  // Files of names that end in the version load such files.
  const end = /-[\d.]+\.js$/.exec(address.pathname)?.[0] ?? ".js";
  for (const name of adapter ? [`consent/${adapter}`, ...(adapter === OWN ? ["banner"] : [])] : []) {
    const beside = new URL(`${name}${end}`, address);
    const file = await get(beside, `the file ${beside.pathname}`);
    if (file && file.status !== 200) wrong.push(missing(beside, file));
  }
  return wrong;
}

function* looked(file, address, hashes) {
  if (file.status !== 200) return void (yield missing(address, file));
  const type = file.headers && (file.headers.get("content-type") ?? "no type");
  // Parameters are not allowed: <https://webassembly.github.io/spec/web-api/#compile-a-potential-webassembly-response>.
  if (address.pathname.endsWith(".wasm") && type && type.trim().toLowerCase() !== "application/wasm") {
    yield { what: `${address.pathname} comes as ${type}: it cannot be compiled while it arrives.`, mend: "let the server send .wasm with Content-Type: application/wasm." };
  }
  if (hashes && !hashes.some((hash) => isNamed(file.bytes, hash))) yield another(address, "the script of the tag");
}

const missing = (address, { status }) => ({
  what: `${address.pathname} is answered with ${status}.`,
  mend: "put all files of the package's dist/ into one folder.",
});

const another = (address, by) => ({
  what: `${address.pathname} is not the file that ${by} was made for: these are of two versions, and the browser will refuse it.`,
  mend: "put all files of one version of dist/ there, and let caches ask again.",
});

/** Whether one of the hashes of an `integrity` is that of the bytes; so too where there is none. */
function isNamed(bytes, integrity) {
  const hashes = integrity?.trim().split(/\s+/) ?? [];
  return hashes.length === 0 || hashes.some((hash) => {
    const [algorithm] = hash.split("-");
    return /^sha(256|384|512)$/.test(algorithm) && hash === `${algorithm}-${createHash(algorithm).update(bytes).digest("base64")}`;
  });
}
