// What the page's content security policies allow: <https://www.w3.org/TR/CSP3/>.

/** The module must compile. */
export function mayCompile({ page: { tag, policies } }) {
  const isAllowed = (policy) => {
    const sources = policy.get("script-src") ?? policy.get("default-src");
    return !sources || sources.some((source) => ["'wasm-unsafe-eval'", "'unsafe-eval'"].includes(source.toLowerCase()));
  };
  if (!tag || policies.every(isAllowed)) return [];
  return [
    {
      what: "The content security policy lets no WebAssembly compile: recorded visitors download the module in vain, and fallback.js besides.",
      mend: "add 'wasm-unsafe-eval' to script-src.",
    },
  ];
}

/** The tracker must reach Omneo. */
export function mayConnect({ page: { policies }, given, site }) {
  const address = receiver(given, site);
  if (!address) return [];
  const isAllowed = (policy) => {
    const sources = policy.get("connect-src") ?? policy.get("default-src");
    return !sources || sources.some((source) => matches(source, address, new URL(site.href)));
  };
  if (policies.every(isAllowed)) return [];
  return [{ what: `The content security policy lets nothing be sent to ${address.origin}.`, mend: `add ${address.origin} to connect-src.` }];
}

function receiver(given, site) {
  const { tenant, endpoint } = Object(given);
  const address = tenant ? `https://api.${tenant}.getomneo.com` : endpoint;
  return typeof address === "string" && URL.canParse(address, site.href) ? new URL(address, site.href) : undefined;
}

const PORTS = { "http:": "80", "https:": "443" };

function matches(source, { protocol, hostname, port, origin }, own) {
  if (source === "*") return true;
  if (source.toLowerCase() === "'self'") return origin === own.origin;
  if (/^[a-z][\w+.-]*:$/i.test(source)) return source.toLowerCase() === protocol || (source.toLowerCase() === "http:" && protocol === "https:");
  const { scheme, host, at } = /^(?:(?<scheme>[a-z][\w+.-]*:)\/\/)?(?<host>[^:/]+)(?::(?<at>\d+|\*))?(?:\/|$)/i.exec(source)?.groups ?? {};
  if (!host) return false;
  const isScheme = protocol === (scheme ?? own.protocol) || (protocol === "https:" && (scheme ?? own.protocol) === "http:");
  const isHost = host.startsWith("*.") ? hostname.endsWith(host.slice(1)) : hostname === host;
  return isScheme && isHost && (at === "*" || (port || PORTS[protocol]) === (at ?? PORTS[protocol]));
}
