// What a page's HTML has that matters here: its scripts, our tag among them, and its content security policies.

import parsePolicy from "content-security-policy-parser";
import { parse } from "parse5";

/**
 * `base` is what its addresses are relative to; `scripts` are all of the page's, each `{ attributes, text }`; `tag` is ours, `tags` are all
 * that are; `policies` are those that bind the page, each a map from a directive to its sources.
 */
export function read({ text, headers }, href) {
  const elements = all(parse(text));
  const named = (wanted) => elements.filter(({ name }) => name === wanted);
  const scripts = named("script");
  const base = named("base").find(({ attributes }) => attributes.href)?.attributes.href;
  // Elsewhere than in the head, browsers ignore it.
  const metas = named("meta").filter(({ attributes, parent }) => parent === "head" && /^content-security-policy$/i.test(attributes["http-equiv"]));
  const given = [headers?.get("content-security-policy"), ...metas.map(({ attributes }) => attributes.content)];
  // Of several in one header each binds.
  const policies = given.flatMap((policy) => policy?.split(",") ?? []).map(parsePolicy);
  const own = base && URL.canParse(base, href) ? new URL(base, href).href : href;
  return { html: text, base: own, scripts, tag: tagOf(scripts), tags: scripts.filter(isOurs), policies };
}

// All elements in their order, but for what lies in templates.
function all(document) {
  const elements = [];
  const left = [document];
  while (left.length > 0) {
    const node = left.pop();
    if (node.tagName) {
      const attributes = Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]));
      const text = node.tagName === "script" ? node.childNodes.map(({ value }) => value).join("") : "";
      elements.push({ name: node.tagName, parent: node.parentNode?.tagName, attributes, text });
    }
    left.push(...(node.childNodes ?? []).toReversed());
  }
  return elements;
}

// As the page itself tells them, `js/advice/page.js`.
const isOurs = ({ attributes }) => "src" in attributes && ("data-tenant" in attributes || "data-endpoint" in attributes);

// By its name, or where a site has given it another one, by what it says.
function tagOf(scripts) {
  const loaded = scripts.filter(({ attributes: { src } }) => src);
  const says = (...names) => loaded.find(({ attributes }) => names.some((name) => name in attributes));
  const isNamed = ({ attributes: { src } }) => /(^|\/)snippet(-[\d.]+)?\.js([?#]|$)/.test(src);
  return loaded.find((script) => isNamed(script) && Object.keys(script.attributes).some((name) => name.startsWith("data-"))) ?? says("data-tenant", "data-endpoint") ?? says("data-token-url");
}
