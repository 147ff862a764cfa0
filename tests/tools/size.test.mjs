// The budgets are only worth something if the bytes are counted as a server would send them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { measure } from "../../tools/size.mjs";

const text = Buffer.from("the customer viewed a product; ".repeat(200));

test("raw is the number of bytes, and not of characters", () => {
  assert.equal(measure(Buffer.from("é")).raw, 2);
});

test("gzip and brotli shrink what repeats itself", () => {
  const { raw, gzip, brotli } = measure(text);
  assert.equal(raw, text.length);
  assert.ok(gzip < raw / 10 && brotli <= gzip, `${raw}, ${gzip}, ${brotli}`);
});
