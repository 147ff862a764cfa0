// The documentation as a site, at `/docs/` of the demo: Eleventy makes it of `docs/`. It has no script, and no style of its own within a page,
// so that it stands under the shop's content security policy.

import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Failure, root, timed } from "../process.mjs";

const FOLDER = "www/docs";

/** What it is made of, and what is made. */
export const INPUTS = ["docs", "tools/demo/docs", "tools/demo/docs.mjs"];
export const PAGES = readdirSync(join(root, "docs"))
  .filter((name) => name.endsWith(".md"))
  .map((name) => `${FOLDER}/${name === "README.md" ? "" : `${name.slice(0, -".md".length)}/`}index.html`);

/** Writes the site. Throws a {@link Failure} that names each link to a page or heading that is not there. */
export async function makeDocs({ from = "docs", to = FOLDER } = {}) {
  await timed("making a site of the documentation", `${to}/`, async () => {
    rmSync(join(root, to), { recursive: true, force: true });
    // It is there once the packages are.
    const { Eleventy } = await import("@11ty/eleventy");
    const site = new Eleventy(from, to, { configPath: "tools/demo/docs/eleventy.mjs", quietMode: true });
    site.disableLogger();
    await site.init();
    await site.write();
    const dead = deadLinks(site.eleventyConfig.userConfig.globalData.links);
    if (dead.length > 0) throw new Failure(`In ${from}/ these links lead nowhere:\n  ${dead.join("\n  ")}`);
  });
}

function deadLinks({ headings, links }) {
  const isThere = ({ page, anchor }) => headings.has(page) && (anchor === undefined || headings.get(page).has(anchor));
  return links.filter((link) => !isThere(link)).map(({ from, page, anchor }) => `${from}: ${page}${anchor === undefined ? "" : `#${anchor}`}`);
}
