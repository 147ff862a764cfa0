// All that is looked at, one after another.

import { files } from "./files.mjs";
import { read } from "./page.mjs";
import { platform } from "./platform.mjs";
import { policy } from "./policy.mjs";
import { mayConnect, mayCompile } from "./security.mjs";
import { secrets } from "./secrets.mjs";
import { settings } from "./settings.mjs";
import { given } from "./tag.mjs";
import { token } from "./token.mjs";

const CHECKS = [settings, policy, files, mayCompile, mayConnect, token, platform, secrets];

/** What is wrong, each `{ what, mend }`, and what could not be looked at. */
export async function findings(site, found) {
  const page = read(found, site.href);
  const wrong = [];
  const unseen = [];
  const looked = new Map();
  /** A file of the page's, asked for once; `undefined` where it cannot be had, which is told as `what`. */
  const get = async (address, what, options) => {
    const { href } = new URL(address, page.base);
    if (!looked.has(href)) looked.set(href, site.get(href, options).catch((error) => void unseen.push(`${what} (${error.cause?.code ?? error.code ?? error.message})`)));
    return looked.get(href);
  };
  const own = page.tag && given(page.tag.attributes, wrong);
  if (!page.tag) unseen.push("the settings: the page has no script tag of ours. Those of `createTracker` are checked as it runs, with `load: \"now\"`");
  for (const check of CHECKS) {
    for (const one of await check({ site, page, get, given: own })) {
      if (one.unseen) unseen.push(one.unseen);
      else wrong.push(one);
    }
  }
  return { wrong, unseen };
}
