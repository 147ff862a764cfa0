// The schema that is shipped says of a policy what the tracker says: `src/privacy/policy.rs` reads the same examples.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import Ajv from "ajv/dist/2020.js";
import { root } from "../../tools/process.mjs";

const read = (path) => JSON.parse(readFileSync(join(root, path), "utf8"));
const { accepted, rejected, rejectedForTheirWords } = read("tests/policies.json");
const isValid = new Ajv({ strictRequired: false }).compile(read("js/policy.schema.json"));

test("the schema accepts what the tracker accepts", () => {
  for (const policy of accepted) assert.ok(isValid(policy), `${JSON.stringify(policy)}: ${JSON.stringify(isValid.errors)}`);
});

test("the schema rejects what the tracker rejects", () => {
  for (const { policy } of rejected) assert.ok(!isValid(policy), JSON.stringify(policy));
});

test("what the words of a field's name forbid, no schema can say", () => {
  for (const { policy } of rejectedForTheirWords) assert.ok(isValid(policy), JSON.stringify(policy));
});
