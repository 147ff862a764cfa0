// What a page's HTML has that matters here: its scripts, our tag among them, and its content security policies.

import parsePolicy from "content-security-policy-parser";
import { parse } from "parse5";

/**
 * `base` is what its addresses are relative to; `scripts` are all of the page's, each `{ attributes, text }`; `tag` is ours; `policies` are those that bind the page, each a map from
 * a directive to its sources.
 */
export function read({ text, headers }, href) {
  const elements = [...all(parse(text))];
  const scripts = elements.filter(({ name }) => name === "script");
  const tag = scripts.find(isOurs);
  const metas = elements.filter(({ name, attributes }) => name === "meta" && /^content-security-policy$/i.test(attributes["http-equiv"]));
  const given = [headers.get("content-security-policy"), ...metas.map(({ attributes }) => attributes.content)];
  // Of several in one header each binds.
  const policies = given.flatMap((policy) => policy?.split(",") ?? []).map(parsePolicy);
  const base = elements.find(({ name, attributes }) => name === "base" && attributes.href)?.attributes.href ?? "";
  return { html: text, base: new URL(base, href).href, scripts, tag, policies };
}

function* all(node) {
  for (const child of [...(node.childNodes ?? []), ...(node.content?.childNodes ?? [])]) {
    if (child.tagName) {
      const attributes = Object.fromEntries(child.attrs.map(({ name, value }) => [name, value]));
      const text = child.childNodes.map(({ value }) => value ?? "").join("");
      yield { name: child.tagName, attributes, text };
    }
    yield* all(child);
  }
}

const isOurs = ({ attributes: { src = "", ...others } }) =>
  /(^|\/)snippet(-[\d.]+)?\.js([?#]|$)/.test(src) && ["data-tenant", "data-endpoint", "data-token-url", "data-token"].some((name) => name in others)
  || (src !== "" && "data-token-url" in others);
