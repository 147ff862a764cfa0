// cargo-deny, which reads what our dependencies are licensed as, where they come from, and which of them are there twice.

import { Failure, done } from "../process.mjs";
import { findCrate, installCrate } from "./crate.mjs";

const NAME = "cargo-deny";
const VERSION = "0.20.2";

/** Installs it where it is missing; returns its path. */
export async function deny(host) {
  if (!findCrate(NAME)) await installCrate(host, NAME, VERSION, "install it as https://github.com/EmbarkStudios/cargo-deny says.");
  const path = findCrate(NAME);
  if (!path) throw new Failure(`${NAME} is missing: run \`cargo install --locked ${NAME}\`.`);
  done(NAME);
  return path;
}
