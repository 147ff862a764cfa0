// Small pages with what the tracker is to see on each, in families; one family a file in `products/`.
//
// One half is to work with. The other is held back: nobody looks at what of it goes wrong while the code is written. Which half a page
// is in, the SHA-256 of `family/page` says: an odd first hex digit is held back.

import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";

const FOLDER = new URL("products/", import.meta.url);

/** Each page: its name, where it lies, its HTML, the product that is wanted of it or `null`, and whether it is held back. */
export const pages = readdirSync(FOLDER).sort().flatMap((file) => {
  const family = file.replace(/\.json$/, "");
  return JSON.parse(readFileSync(new URL(file, FOLDER), "utf8")).map((page) => whole(`${family}/${page.page}`, page));
});

function whole(name, { at, want, title, head, body }) {
  const isHeldBack = parseInt(createHash("sha256").update(name).digest("hex")[0], 16) % 2 === 1;
  const text = title.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return { name, at, want, isHeldBack, html: `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>${text}</title>${head}${body}` };
}

/** Recall and precision of what was seen, each a list of products, and the pages that were not seen as wanted. */
export function score(results) {
  const counts = { right: 0, seen: 0, wanted: 0 };
  const wrong = [];
  for (const { name, want, saw, isRight } of results) {
    counts.right += Number(isRight && want !== null);
    counts.seen += saw.length;
    counts.wanted += Number(want !== null);
    if (!isRight) wrong.push({ name, want, saw });
  }
  return { recall: counts.right / counts.wanted, precision: counts.right / counts.seen, wrong };
}
