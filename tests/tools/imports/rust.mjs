// Which file of a crate takes names from which other: by its `use` lines, and by paths in the code that begin with `crate` or
// `super`. A name that a module passes on by `use` counts for the file it comes from.

import { posix } from "node:path";

/** The imports of the crate with that root, as `{from, to}`. `files` has the text of each file by its path. */
export function importsOfRust(files, root) {
  const imports = [];
  const modules = [moduleOf(files, root, posix.dirname(root))];
  for (const module of modules) {
    modules.push(...module.children.values());
    for (const path of module.paths) {
      const target = resolve(module, path);
      if (target && target !== module) imports.push({ from: module.file, to: target.file });
    }
  }
  return imports;
}

function moduleOf(files, file, folder, parent) {
  const { code, uses } = readUses(withoutTests(withoutText(files.get(file))));
  const module = { file, parent, children: new Map(), uses };
  module.root = parent?.root ?? module;
  for (const [, name] of code.matchAll(/\bmod\s+(\w+)\s*;/g)) {
    const child = [`${folder}/${name}.rs`, `${folder}/${name}/mod.rs`].find((path) => files.has(path));
    if (!child) throw new Error(`${file} declares \`mod ${name}\`, which has no file.`);
    module.children.set(name, moduleOf(files, child, `${folder}/${name}`, module));
  }
  const inline = [...code.matchAll(/\b(?:crate|super)(?:::\w+)+/g)].map(([path]) => path.split("::"));
  module.paths = [...uses.map(({ path }) => path), ...inline];
  return module;
}

/** The module in which that path ends; undefined where it leads out of the crate. */
function resolve(module, [first, ...rest], passed = new Set()) {
  const start = { crate: module.root, super: module.parent, self: module }[first] ?? module.children.get(first);
  return start && descend(start, rest, passed);
}

function descend(module, [name, ...rest], passed) {
  if (name === undefined) return module;
  const next = name === "super" ? module.parent : module.children.get(name);
  if (next) return descend(next, rest, passed);
  const use = module.uses.find((use) => use.name === name && !passed.has(use));
  const origin = use && resolve(module, use.path, passed.add(use));
  return origin ? descend(origin, rest, passed) : module;
}

function readUses(text) {
  const uses = [];
  const code = text.replace(/\buse\s+([^;]+);/g, (_, tree) => {
    uses.push(...expand(tree.replace(/\s+/g, " ").trim()));
    return " ";
  });
  return { code, uses };
}

/** `a::{b, c::d as e}` is `a::b`, called `b`, and `a::c::d`, called `e`. */
function expand(tree, before = []) {
  const [, start, list] = tree.match(/^(.*?)\{(.*)\}$/) ?? [];
  if (list !== undefined) {
    const path = [...before, ...segments(start)];
    return parts(list).flatMap((part) => expand(part, path));
  }
  const [name, alias] = tree.split(" as ");
  const path = [...before, ...segments(name)];
  const last = path.at(-1);
  if (last === "*" || (last === "self" && path.length > 1)) path.pop();
  return [{ path, name: alias ?? (last === "*" ? last : path.at(-1)) }];
}

const segments = (path) => path.split("::").map((one) => one.trim()).filter(Boolean);

/** What stands between the commas of a list, those within braces aside. */
function parts(list) {
  let depth = 0;
  const cut = [...list].map((c) => {
    depth += { "{": 1, "}": -1 }[c] ?? 0;
    return c === "," && depth === 0 ? "\n" : c;
  });
  return cut.join("").split("\n").map((part) => part.trim()).filter(Boolean);
}

/** The code without comments and without what is in quotes. */
function withoutText(code) {
  const text = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|b?r(#*)"[\s\S]*?"\1|b?"(?:\\[\s\S]|[^"\\])*"|b?'(?:\\(?:u\{\w*\}|x\w\w|.)|[^\\'\n])'/gu;
  return code.replace(text, (found) => (found.startsWith("/") ? " " : '""'));
}

/** The code without the items behind `#[cfg(test)]`. */
function withoutTests(code) {
  const start = code.search(/#\[cfg\(test\)\]/);
  if (start < 0) return code;
  const rest = code.slice(start).replace(/^(?:\s*#\[[^\]]*\])+\s*/, "");
  return code.slice(0, start) + withoutTests(rest.slice(endOfItem(rest)));
}

function endOfItem(code) {
  const isUse = /^(?:pub(?:\([^)]*\))?\s+)?use\b/.test(code);
  let depth = 0;
  for (const { 0: c, index } of code.matchAll(/[{}()[\];]/g)) {
    if (c === ";" && depth === 0) return index + 1;
    depth += "{([".includes(c) ? 1 : c === ";" ? 0 : -1;
    if (c === "}" && depth === 0 && !isUse) return index + 1;
  }
  return code.length;
}
