// All that is looked at, one after another.

import { advice } from "./advice.mjs";
import { files } from "./files.mjs";
import { read } from "./page.mjs";
import { platform } from "./platform.mjs";
import { secrets } from "./secrets.mjs";
import { mayCompile, mayConnect } from "./security.mjs";
import { settings } from "./settings.mjs";
import { given } from "./tag.mjs";
import { token } from "./token.mjs";

const CHECKS = [settings, advice, files, mayCompile, mayConnect, token, platform, secrets];

/** Whether the page has a tag of ours; what is wrong, each `{ what, mend }`; and what could not be looked at. */
export async function findings(site, found) {
  const page = read(found, site.href);
  const { tag, scripts } = page;
  const [wrong, unseen] = [[], []];
  const get = asking(site, page, unseen);
  const loaded = ({ attributes: { src } }) => (src && !/^(blob|data|javascript):/i.test(src) ? get(src, `the script ${src}`) : undefined);
  // All at once: some may never answer.
  await Promise.all(scripts.slice(0, MOST).map(loaded));
  const own = tag && given(tag.attributes);
  for (const check of CHECKS) {
    for (const one of await check({ site, page, get, loaded, given: own })) {
      if (one.unseen) unseen.push(one.unseen);
      else wrong.push(one);
    }
  }
  return { hasTag: Boolean(tag), wrong, unseen };
}

const MOST = 100;

/** What asks for a file of the page's, once; `undefined` where it cannot be had, which is told as `what`. */
function asking(site, { base }, unseen) {
  const asked = new Map();
  return async (address, what, options) => {
    if (!URL.canParse(address, base)) return void unseen.push(`${what} (it is no address)`);
    const { href } = new URL(address, base);
    const missing = (error) => void unseen.push(`${what} (${error.cause?.code ?? error.code ?? error.message})`);
    if (!asked.has(href)) asked.set(href, site.get(href, options).catch(missing));
    return asked.get(href);
  };
}
