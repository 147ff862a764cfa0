// How a page is left.

export const LEAVES = {
  "link, page kept in the back/forward cache": { query: "?kept", go: (tab, site) => link(tab, site) },
  "link, page not kept": { query: "?uncached", go: (tab, site) => link(tab, site) },
  "reload": { query: "?uncached", go: (tab) => reload(tab) },
  "tab closed": { query: "?closed", go: (tab) => tab.close() },
};

/** Leaves the page, and answers when that was. */
export async function leave(tab, way, site) {
  await LEAVES[way].go(tab, site);
  return Date.now();
}

export async function link(tab, site) {
  await tab.run("location.href = arguments[0]", `${site.origin}/next`);
  await tab.until("return window.visit === 2", "the next page did not come");
}

async function reload(tab) {
  await tab.reload();
  await tab.until("return window.visit === 1 && window.fate === undefined", "no reload");
}
