// How Eleventy makes the site: addresses, the ids of headings, links, and what a narrow screen needs.

import { readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { root } from "../../process.mjs";

const HOME = "/docs/";

export default function configure(eleventy) {
  const links = { headings: new Map(), links: [] };
  eleventy.setUseGitIgnore(false);
  eleventy.addGlobalData("links", links);
  eleventy.addGlobalData("layout", "page.njk");
  eleventy.addGlobalData("groups", groups());
  eleventy.addGlobalData("eleventyComputed", {
    permalink: ({ page }) => `${addressOf(basename(page.inputPath)).slice(HOME.length - 1)}index.html`,
    title: ({ page }) => /^# (.+)/.exec(page.rawInput)[1],
    address: ({ page }) => addressOf(basename(page.inputPath)),
  });
  eleventy.amendLibrary("md", (markdown) => amend(markdown, links));
  return {
    dir: { includes: relative(eleventy.directories.input, "tools/demo/docs") },
    // Snippets have braces of their own.
    markdownTemplateEngine: false,
    templateFormats: ["md"],
  };
}

const addressOf = (file) => (file === "README.md" ? HOME : `${HOME}${file.slice(0, -".md".length)}/`);

// The index, which is the one place that has the order of the pages.
function groups() {
  const [, ...sections] = readFileSync(join(root, "docs", "README.md"), "utf8").split(/^## /m);
  return sections.map((section) => ({
    title: section.split("\n")[0],
    pages: [...section.matchAll(/\| \[(.+)\]\((.+)\) \|$/gm)].map(([, title, file]) => ({ title, address: addressOf(file) })),
  }));
}

function amend(markdown, found) {
  const { rules } = markdown.renderer;
  const plain = (tokens, at, options, _, self) => self.renderToken(tokens, at, options);
  // Notes to who writes the page.
  rules.html_block = (tokens, at) => (tokens[at].content.startsWith("<!--") ? "" : tokens[at].content);
  rules.table_open = () => '<div class="scroll" tabindex="0" role="group" aria-label="Table">\n<table>\n';
  rules.table_close = () => "</table>\n</div>\n";
  const fence = rules.fence;
  rules.fence = (...args) => fence(...args).replace("<pre", '<pre tabindex="0"');
  rules.heading_open = (tokens, at, options, environment, self) => {
    const id = idOf(tokens[at + 1].content);
    idsOf(found, fileOf(environment)).add(id);
    tokens[at].attrSet("id", id);
    return plain(tokens, at, options, environment, self);
  };
  markdown.core.ruler.push("links", ({ tokens, env }) => {
    for (const { children } of tokens) if (children) relink(children, fileOf(env), found);
    // A head of a column that says nothing is none.
    for (const [at, token] of tokens.entries()) if (token.type === "th_open" && tokens[at + 1].content === "") token.tag = tokens[at + 2].tag = "td";
  });
}

const fileOf = ({ page }) => basename(page.inputPath);

function idsOf({ headings }, file) {
  if (!headings.has(file)) headings.set(file, new Set());
  return headings.get(file);
}

// As GitHub makes them: small letters and digits, a hyphen for each space.
const idOf = (title) => title.toLowerCase().replace(/[^\w -]/g, "").replaceAll(" ", "-");

// A page of `docs/` by its address. What lies elsewhere in the repository is named, and leads nowhere: the site has only these pages.
function relink(tokens, from, found) {
  let isElsewhere = false;
  for (const token of tokens) {
    if (token.type === "link_close" && isElsewhere) [token.tag, isElsewhere] = ["span", false];
    const target = token.type === "link_open" ? token.attrGet("href") : undefined;
    if (target === undefined || /^\w+:/.test(target)) continue;
    const [path, anchor] = target.split("#");
    if (path.includes("/")) {
      [token.tag, token.attrs, isElsewhere] = ["span", [], true];
      continue;
    }
    const page = path || from;
    found.links.push({ from, page, anchor });
    token.attrSet("href", `${addressOf(page)}${anchor === undefined ? "" : `#${anchor}`}`);
  }
}
