// The Rust toolchains: one for programs of this machine, one for the module a browser loads. Usually they are the same.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Failure, capture, doing, done, root, which } from "../process.mjs";
import { TARGET } from "../target.mjs";
import { apt, canInstall } from "./apt.mjs";

const INSTALL = "install it as https://www.rust-lang.org/tools/install says (rustup)";

/**
 * Answers `{host, wasm}`, each a `{cargo, env}`: the command and the variables it needs. `wasm.source` says that the standard
 * library's source is there, `wasm.compiled` that the target's compiled standard library is, `wasm.version` which rustc it is.
 *
 * Where rustup cannot add the target, Debian's packages can stand in for it. The environment variable `OMNEO_RUST` decides by
 * force: `rustup` or `debian`.
 */
export async function rust() {
  const forced = process.env.OMNEO_RUST ?? "";
  if (!["", "rustup", "debian"].includes(forced)) {
    throw new Failure(`OMNEO_RUST is "${forced}"; accepted: rustup, debian, or nothing to let the set-up decide.`);
  }
  const wasm = (forced === "debian" ? undefined : await own(forced)) ?? (await debian());
  const host = which("cargo") ? { cargo: "cargo", env: {} } : { cargo: wasm.cargo, env: wasm.env };
  done(`Rust ${wasm.version} for ${TARGET}${wasm.cargo === "cargo" ? "" : ", from Debian"}`);
  return { host, wasm };
}

// The toolchain on the PATH, with what rustup can add to it; undefined where the target is out of its reach.
async function own(forced) {
  if (!which("cargo") || !which("rustc")) {
    throw new Failure(`Rust is missing: ${INSTALL}, then run this again.`);
  }
  const toolchain = await inspect("cargo", "rustc", {});
  if (!recentEnough(toolchain.version)) {
    throw new Failure(`Rust ${minimum()} or newer is needed and this is ${toolchain.version}: run \`rustup update\`.`);
  }
  if (toolchain.compiled && toolchain.source) return toolchain;
  // Where Debian's has stood in before, rustup is not asked, and waited for, each time anew.
  if (!toolchain.compiled && !forced && (await installedDebian())) return undefined;
  if (!toolchain.compiled) await add("target", TARGET);
  if (!toolchain.source) await add("component", "rust-src");
  const completed = await inspect("cargo", "rustc", {});
  if (completed.compiled || completed.source) return completed;
  if (!forced && canInstall()) return undefined;
  throw new Failure(
    `The target ${TARGET} is missing and rustup could not add it: run \`rustup target add ${TARGET}\` where its server can ` +
      `be reached, or on Debian \`apt-get install ${DEBIAN.join(" ")}\`, then \`OMNEO_RUST=debian\`.`,
  );
}

async function add(kind, name) {
  if (!which("rustup")) return false;
  doing(`adding ${name} with rustup`);
  const { code, stderr } = await capture("rustup", [kind, "add", name]);
  if (code !== 0) console.log(`  rustup: ${stderr.trim().split("\n").at(-1)}`);
  return code === 0;
}

const DEBIAN = ["rustc-web", "cargo-web", "rust-web-src", "lld-19"];

async function debian() {
  const toolchain = (await installedDebian()) ?? ((await apt(DEBIAN)), await installedDebian());
  if (toolchain) return toolchain;
  throw new Failure(`Debian's packages ${DEBIAN.join(", ")} have no Rust ${minimum()} with its source here: ${INSTALL}.`);
}

// Debian compiles no standard library for the target, but ships the source of the very same version.
async function installedDebian() {
  const env = { RUSTC: "/usr/bin/rustc", CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER: "wasm-ld-19" };
  if (![env.RUSTC, "/usr/bin/cargo", "/usr/bin/wasm-ld-19"].every((path) => existsSync(path))) return undefined;
  const toolchain = await inspect("/usr/bin/cargo", env.RUSTC, env);
  return toolchain.source && recentEnough(toolchain.version) ? toolchain : undefined;
}

async function inspect(cargo, rustc, env) {
  const [version, sysroot] = await Promise.all([capture(rustc, ["--version"]), capture(rustc, ["--print", "sysroot"])]);
  if (version.code !== 0) throw new Failure(`\`${rustc} --version\` failed: ${version.stderr.trim()}`);
  const library = join(sysroot.stdout.trim(), "lib", "rustlib");
  const compiled = join(library, TARGET, "lib");
  return {
    cargo,
    env,
    version: version.stdout.split(" ")[1],
    source: existsSync(join(library, "src", "rust", "library", "Cargo.lock")),
    compiled: existsSync(compiled) && readdirSync(compiled).some((name) => name.startsWith("libstd-")),
  };
}

function recentEnough(version) {
  const [major, minor] = version.split(".").map(Number);
  const [atLeastMajor, atLeastMinor] = minimum().split(".").map(Number);
  return major > atLeastMajor || (major === atLeastMajor && minor >= atLeastMinor);
}

const minimum = () => readFileSync(join(root, "Cargo.toml"), "utf8").match(/^rust-version = "([^"]+)"/m)[1];
