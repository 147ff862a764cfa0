// What the page's content security policies allow: <https://www.w3.org/TR/CSP3/>.

import { hasScheme } from "./tag.mjs";

/** The module must compile. */
export function mayCompile({ page: { tag, policies } }) {
  const isAllowed = (policy) => sourcesOf(policy, "script-src")?.some((source) => /^'(wasm-)?unsafe-eval'$/i.test(source)) ?? true;
  const strict = policies.find((policy) => !isAllowed(policy));
  if (!tag || !strict) return [];
  return [
    {
      what: "The content security policy lets no WebAssembly compile: recorded visitors download the module in vain, and fallback.js besides.",
      mend: added(strict, "script-src", "'wasm-unsafe-eval'"),
    },
  ];
}

/** The tracker must reach Omneo and the token endpoint. */
export function mayConnect({ page: { policies, base }, given, site }) {
  const own = new URL(site.href);
  return [...receivers(given, base), tokens(given, base)].flatMap((address) => {
    const isAllowed = (policy) => sourcesOf(policy, "connect-src")?.some((source) => matches(source, address, own)) ?? true;
    const strict = address && policies.find((policy) => !isAllowed(policy));
    if (!strict) return [];
    const source = address.origin === own.origin ? "'self'" : address.origin;
    return [{ what: `The content security policy lets nothing be sent to ${address.origin}${address.pathname}.`, mend: added(strict, "connect-src", source) }];
  });
}

const sourcesOf = (policy, directive) => policy.get(directive) ?? policy.get("default-src");

// All of it, as a directive that is added takes the place of `default-src`.
function added(policy, directive, source) {
  const sources = (sourcesOf(policy, directive) ?? []).filter((one) => one.toLowerCase() !== "'none'");
  return `let it say ${[directive, ...sources, source].join(" ")}: add ${source} to ${directive}.`;
}

// Where records go, and to a relay also the word of a withdrawal.
function receivers(given, base) {
  const { tenant, endpoint, route } = Object(given);
  const origin = tenant ? `https://api.${tenant}.getomneo.com` : endpoint;
  // What has no scheme is told of elsewhere.
  if (typeof origin !== "string" || !hasScheme(origin) || !URL.canParse(origin, base)) return [];
  const address = new URL(origin, base);
  return (route === "relay" ? RELAY : OMNEO).map((path) => new URL(address.pathname.replace(/\/$/, "") + path, address));
}

const OMNEO = ["/id/api/v1/profiles/me/interactions"];
const RELAY = ["/relay/v1/profiles/me/interactions", "/relay/v1/profiles/me/waiting"];

function tokens(given, base) {
  const { tokenUrl } = Object(given);
  return tokenUrl && URL.canParse(tokenUrl, base) ? new URL(tokenUrl, base) : undefined;
}

const PORTS = { "http:": "80", "https:": "443" };

function matches(source, address, own) {
  const text = source.toLowerCase();
  const { protocol, hostname, port, pathname, origin } = address;
  const isAtLeast = (scheme) => protocol === scheme || (scheme === "http:" && protocol === "https:");
  if (text === "*") return true;
  if (text === "'self'") return origin === own.origin || (hostname === own.hostname && isAtLeast(own.protocol) && !port && !own.port);
  if (/^[a-z][\w+.-]*:$/.test(text)) return isAtLeast(text);
  const { scheme, host, at } = /^(?:(?<scheme>[a-z][\w+.-]*:)\/\/)?(?<host>[^:/]+)(?::(?<at>\d+|\*))?(?:\/|$)/.exec(text)?.groups ?? {};
  if (!host || !isAtLeast(scheme ?? own.protocol)) return false;
  const isHost = host.startsWith("*.") ? hostname.endsWith(host.slice(1)) : hostname === host;
  const [, path = "/"] = /^[^/]+(\/.*)?$/.exec(source.replace(/^[a-z][\w+.-]*:\/\//i, "")) ?? [];
  const isPath = path.endsWith("/") ? pathname.startsWith(path) : pathname === path;
  return isHost && isPath && (at === "*" || (port || PORTS[protocol]) === (at ?? PORTS[protocol]));
}
