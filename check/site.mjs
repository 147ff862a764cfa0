// Where a page and its files lie: on a server, or in a folder.

import { readFile } from "node:fs/promises";
import { basename, dirname, join, resolve, sep } from "node:path";

/**
 * Whatever was found at an address: `address` after redirects, `status`, `headers` (nobody knows those of a file), and the body as
 * `bytes` and `text`.
 *
 * @typedef {{ address: string, status: number, headers?: Headers, bytes: Buffer, text: string }} Found
 */

/** The site that a page of this address, or of this file, belongs to; `undefined` where it is no address. */
export function siteOf(where) {
  if (!/^https?:/i.test(where)) return new Folder(resolve(where));
  return URL.canParse(where) ? new Server(where) : undefined;
}

class Server {
  constructor(address) {
    this.href = new URL(address).href;
  }

  async page() {
    const found = await this.get(this.href);
    this.href = found.address;
    if (found.status >= 400) throw new Error(`it is answered with ${found.status}`);
    return found;
  }

  /** @returns {Promise<Found>} */
  get(address, options) {
    return ask(address, options);
  }
}

/** Nothing of it is asked over a network but what lies on other origins. */
class Folder {
  /** No address of anybody's, RFC 2606. */
  #origin = "https://page.invalid";

  constructor(path) {
    this.root = dirname(path);
    this.href = `${this.#origin}/${encodeURIComponent(basename(path))}`;
  }

  page() {
    return this.get(this.href);
  }

  /** What is not there a server may have all the same. */
  async get(address, options) {
    const { origin, pathname } = new URL(address);
    if (origin !== this.#origin) return ask(address, options);
    const path = join(this.root, decodeURIComponent(pathname));
    if (!path.startsWith(this.root + sep) && this.root !== sep) throw new Error("it lies outside of the folder");
    const bytes = await readFile(path);
    return { address, status: 200, bytes, text: bytes.toString() };
  }
}

const PATIENCE_MS = 15_000;

async function ask(address, { redirect = "follow", accept = "*/*" } = {}) {
  const answer = await fetch(address, { redirect, headers: { accept }, signal: AbortSignal.timeout(PATIENCE_MS) }).catch(late);
  const bytes = Buffer.from(await answer.arrayBuffer().catch(late));
  return { address: answer.url || address, status: answer.status, headers: answer.headers, bytes, text: bytes.toString() };
}

function late(error) {
  throw error.name === "TimeoutError" ? new Error(`no answer in ${PATIENCE_MS / 1_000} s`) : error;
}
