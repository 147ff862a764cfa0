// The texts of a form read in a browser as `tests/corpora/main.rs` reads them on the host.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const read = (name) => JSON.parse(readFileSync(new URL(`../corpora/${name}`, import.meta.url), "utf8"));

test("a text is normalised alike here and on the host", () => {
  const texts = read("normal.json");
  assert.ok(texts.length > 15 && texts.some(([text, normal]) => text !== normal));
  for (const [text, normal] of texts) assert.equal(text.normalize("NFKC"), normal);
});
