// Where a page and its files lie: on a server, or in a folder.

import { readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";

/**
 * Whatever was found at an address: `address` after redirects, `status`, `headers` (by small letters), and the body as `bytes` and `text`.
 *
 * @typedef {{ address: string, status: number, headers: Headers, bytes: Buffer, text: string }} Found
 */

/** The site that a page of this address, or of this file, belongs to. */
export const siteOf = (where) => (/^https?:\/\//.test(where) ? new Server(where) : new Folder(resolve(where)));

class Server {
  constructor(address) {
    this.href = new URL(address).href;
  }

  async page() {
    const found = await this.get(this.href, { redirect: "follow" });
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
    this.href = `${this.#origin}/${basename(path)}`;
  }

  page() {
    return this.get(this.href);
  }

  /** Of a file nobody knows the type that a server will give it; what is not there a server may have all the same. */
  async get(address, options) {
    const { origin, pathname } = new URL(address);
    if (origin !== this.#origin) return ask(address, options);
    const bytes = await readFile(join(this.root, decodeURIComponent(pathname)));
    return { address, status: 200, headers: new Headers(), bytes, text: bytes.toString() };
  }
}

const PATIENCE_MS = 15_000;

async function ask(address, { redirect = "manual", accept = "*/*" } = {}) {
  const answer = await fetch(address, { redirect, headers: { accept }, signal: AbortSignal.timeout(PATIENCE_MS) });
  const bytes = Buffer.from(await answer.arrayBuffer());
  return { address: answer.url, status: answer.status, headers: answer.headers, bytes, text: bytes.toString() };
}
