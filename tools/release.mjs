// `node tools/release.mjs v0.2.0`, which the release begins with: whether tag, package, crate and changelog are of one version.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Failure, done, isProgram, main, root } from "./process.mjs";

const read = (path) => readFileSync(join(root, path), "utf8");

/** What stands in the way of a release by that tag; a sentence each. */
export function obstacles(tag, { manifest = read("package.json"), crate = read("Cargo.toml"), changelog = read("CHANGELOG.md") } = {}) {
  const version = tag?.replace(/^v/, "") ?? "";
  const named = { "package.json": JSON.parse(manifest).version, "Cargo.toml": /^version = "(.+)"$/m.exec(crate)?.[1] };
  const others = Object.entries(named).filter(([, own]) => own !== version);
  const headings = changelog.match(/^## .*$/gm) ?? [];
  return [
    ...(/^v\d+\.\d+\.\d+$/.test(tag ?? "") ? [] : [`The tag is ${tag ?? "missing"}; accepted: v and a version, such as v0.2.0`]),
    ...others.map(([path, own]) => `${path} has version ${own}; accepted: ${version}, as the tag says`),
    ...(headings.some((heading) => heading.startsWith(`## ${version} `)) ? [] : [`CHANGELOG.md has no heading \`## ${version} (YYYY-MM-DD)\``]),
  ];
}

if (isProgram(import.meta.url)) {
  main(([tag]) => {
    const found = obstacles(tag);
    if (found.length > 0) throw new Failure(found.join("\n"));
    done(`${tag} can be released`);
  });
}
