// No circle: of two rooms, at most one knows the other, so that each can be read, tested and changed without what uses it.
//
// In every folder, each file is a room, and each folder is one together with the file of its name (`queue/` and `queue.rs`, `consent/`
// and `consent.js`; the folder of a crate with its `lib.rs`). A room imports another where a file anywhere in it imports a file
// anywhere in the other. A circle is a chain of rooms of one folder, each of which imports the next, and the last the first. So
// there is none
// - between sibling files: `queue/batch.rs` and `queue/entry.rs` may not import each other, nor by way of `queue/order.rs`;
// - between files of different folders: where `capture/form.rs` imports `privacy/kind.rs`, nothing in `privacy/` may import anything in
//   `capture/`, be it another file.
// What lies between a file and its own folder does not count: `queue.rs` uses its `queue/batch.rs`, which has `use super::Queue`.
// Nor do `mod x;`, which imports nothing, and all that is behind `#[cfg(test)]`.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { root } from "../../tools/process.mjs";
import { circles } from "./imports/circles.mjs";
import { importsOfScripts } from "./imports/javascript.mjs";
import { importsOfRust } from "./imports/rust.mjs";

for (const folder of ["src", "sandbox/src", "relay/src", "fuzz/src"]) {
  test(`no circle in ${folder}/`, () => {
    const files = new Map(paths(folder, /\.rs$/).map((path) => [path, readFileSync(join(root, path), "utf8")]));
    const imports = importsOfRust(files, `${folder}/lib.rs`);
    assert.ok(imports.length > 0, "it has imports");
    assert.deepEqual(circles(imports), []);
  });
}

test("no circle in js/, check/ and tools/", async () => {
  const imports = await importsOfScripts(["js", "check", "tools"].flatMap((folder) => paths(folder, /\.m?js$/)), root);
  for (const folder of ["js/", "check/", "tools/"]) assert.ok(imports.some(({ from }) => from.startsWith(folder)), `${folder} has imports`);
  assert.deepEqual(circles(imports), []);
});

function paths(folder, wanted) {
  const entries = readdirSync(join(root, folder), { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
  const all = entries.map(({ parentPath, name }) => join(parentPath, name).slice(root.length).replaceAll("\\", "/"));
  return all.filter((path) => wanted.test(path)).sort();
}

describe("a circle", () => {
  const crate = (files) => {
    const inFolder = Object.entries(files).map(([path, text]) => [`src/${path}`, text]);
    return circles(importsOfRust(new Map(inFolder), "src/lib.rs")).map((circle) => circle.replaceAll("src/", ""));
  };

  test("is found between siblings, by the longer way too", () => {
    const files = { "lib.rs": "mod a; mod b; mod c;", "a.rs": "use crate::b::B;", "b.rs": "use super::{c::{self, C}, other};", "c.rs": "fn f(a: crate::a::A) {}" };
    assert.deepEqual(crate(files), ["src: a → b → c → a (a.rs imports b.rs, b.rs imports c.rs, c.rs imports a.rs)"]);
    assert.deepEqual(crate({ ...files, "c.rs": "use serde::a::A;" }), []);
  });

  test("is found between folders, whichever files it is that import", () => {
    const files = {
      "lib.rs": "pub mod a; pub mod b;",
      "a.rs": "mod one; mod two; pub use one::One;",
      "a/one.rs": "",
      "a/two.rs": "use crate::b::Three;",
      "b.rs": "mod three; mod four; pub(crate) use three::Three as Third; pub use three::*;",
      "b/three.rs": "",
      "b/four.rs": "use super::Third;\nuse crate::a::One;",
    };
    assert.deepEqual(crate(files), ["src: a → b → a (a/two.rs imports b.rs, b/four.rs imports a/one.rs)"]);
  });

  test("is seen through the names that a module passes on", () => {
    const files = { "lib.rs": "mod a;", "a.rs": "mod x; mod y; pub use self::{x::X, y::{Y as Why}};", "a/x.rs": "use super::Why;", "a/y.rs": "use crate::a::X;" };
    assert.deepEqual(crate(files), ["a: x → y → x (a/x.rs imports a/y.rs, a/y.rs imports a/x.rs)"]);
  });

  test("is none between a module and its own folder, in tests, comments and texts", () => {
    const tests = `
      #[cfg(test)]
      #[rustfmt::skip]
      pub(crate) use super::b::tests::{one, two};
      #[cfg(test)]
      mod tests;
      #[cfg(test)]
      mod more { use super::*; fn f() { crate::b::f(';') } }`;
    const files = {
      "lib.rs": "mod a; mod b; pub use b::B;",
      "a.rs": `mod x; pub struct A;${tests} /* use crate::b::B; */ const S: &str = r#"use crate::b::B;"#; // crate::b::B`,
      "a/x.rs": "use super::A; use super::*; struct L<'a>(&'a A);",
      "a/tests.rs": "use crate::b::B;",
      "b.rs": "use crate::{A, a}; use crate::B as Own;",
    };
    assert.deepEqual(crate(files), []);
    assert.deepEqual(crate({ ...files, "a/x.rs": "use crate::b::B;" }).length, 1, "and what comes behind is read");
  });

  test("is not overlooked because a module was not found", () => {
    assert.throws(() => crate({ "lib.rs": "mod a;" }), /lib\.rs declares `mod a`, which has no file/);
  });
});
