// Finding a planted text again, also in disguise.

import { createHash } from "node:crypto";

const ENCODINGS = [
  (text) => text,
  (text) => text.toLowerCase(),
  (text) => text.toUpperCase(),
  (text) => [...text].reverse().join(""),
  (text) => text.replaceAll(/[\s()+./-]/g, ""),
  encodeURIComponent,
  (text) => encodeURIComponent(encodeURIComponent(text)),
  (text) => new URLSearchParams([["", text]]).toString().slice(1),
  (text) => JSON.stringify(text).slice(1, -1),
  (text) => [...text].map((c) => (c > "~" ? `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}` : c)).join(""),
  (text) => Buffer.from(text).toString("hex"),
  // Whatever stands before it moves the digits of base64: what does not depend on the neighbours is compared.
  ...[0, 1, 2].flatMap((before) => ["base64", "base64url"].map((code) => (text) => aligned(text, before, code))),
  ...["md5", "sha1", "sha256", "sha512"].flatMap((name) =>
    ["hex", "base64"].map((code) => (text) => createHash(name).update(text.trim().toLowerCase()).digest(code)),
  ),
];

/** Which of the texts are in `haystack`, as they are or encoded, encoded twice, or hashed. */
export function found(canaries, haystack) {
  return canaries.filter((canary) => disguises(canary).some((disguise) => haystack.includes(disguise)));
}

function disguises(text) {
  const once = ENCODINGS.map((encode) => encode(text));
  return [...new Set([...once, ...once.flatMap((encoded) => ENCODINGS.slice(5).map((encode) => encode(encoded)))])];
}

function aligned(text, before, code) {
  const encoded = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]).toString(code).replaceAll("=", "");
  return encoded.slice(before === 0 ? 0 : before + 1, -1);
}
