// Settings that the tracker takes, and that do not what was meant: the same rules as on the page, for what can be seen from outside.

import { adviceOn } from "../js/advice/advice.js";
import { sentence } from "../js/advice/sentence.js";
import { isHere } from "../js/here.js";
import { dataset } from "./tag.mjs";

export function advice({ given, site, page: { tags } }) {
  if (!given) return [];
  const isPublic = isOnline(site.href);
  const seen = { isTag: true, isPublic, isAnybodys: isPublic, tags: tags.map(({ attributes }) => dataset(attributes)) };
  return adviceOn(given, seen).map((one) => ({ what: sentence(one, true), mend: one.mend }));
}

// A file is of nobody's yet.
function isOnline(href) {
  const { hostname } = new URL(href);
  return !isHere(hostname) && !hostname.endsWith(".invalid");
}
