// What `<omneo-privacy>` says, in each language.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import english from "../../js/languages/en.js";

const folder = new URL("../../js/languages/", import.meta.url);
const places = (text) => text.match(/\{\w+\}/g)?.sort() ?? [];

for (const file of readdirSync(folder).filter((name) => name !== "en.js")) {
  test(`${file} has each text of the English, with the same places for values`, async () => {
    const { default: texts } = await import(new URL(file, folder));
    // What has no words of its own needs no other.
    const wanted = Object.entries(english).filter(([key]) => key !== "did");
    assert.deepEqual(Object.keys(texts), wanted.map(([key]) => key));
    for (const [key, text] of wanted) assert.deepEqual(places(texts[key]), places(text), key);
  });
}
