// A token in what everybody can read. It is told where it stands, and never what it is.

// A JSON Web Token; what is called one of an administrator; what is sent as one; and the sandbox's. Words without a digit are prose, or code
// that has the token from elsewhere.
const SIGNS = [
  /\beyJ[\w-]+\.eyJ[\w-]+\.[\w-]+/g,
  /admin[_-]?token\b["'`]?\s*[:=]\s*["'`]?(?=[\w.~+/|-]*\d)([\w.~+/|-]{8,})/gi,
  /\bBearer\s+(?=[\w.~+/|-]*\d)([\w.~+/|-]{16,})/g,
  /\bsandbox-admin-token\b/g,
];

export async function secrets({ page: { html, scripts }, get }) {
  const texts = [["the page", html]];
  for (const { attributes } of scripts) {
    const loaded = attributes.src && (await get(attributes.src, `the script ${attributes.src}`));
    if (loaded) texts.push([attributes.src, loaded.text]);
  }
  return texts.flatMap(([where, text]) => {
    const places = new Map(SIGNS.flatMap((sign) => [...text.matchAll(sign)]).map((found) => [lineOf(text, found.index), found[0]]));
    return [...places].flatMap(([line, found]) => told(`${where}, line ${line}`, found));
  });
}

const lineOf = (text, index) => text.slice(0, index).split("\n").length;

function told(where, found) {
  const claims = claimsOf(found);
  // Another service's, such as a key that is made for pages.
  if (claims.iss && !/omneo/i.test(claims.iss)) return [];
  // A customer's names its profile.
  if ("pid" in claims) return [{ what: `${where}: a customer's token.`, mend: "let the token endpoint answer it, with Cache-Control: no-store." }];
  return [
    {
      what: `${where}: a token that looks like an admin token of Omneo's. Whoever reads it can read and write all profiles.`,
      mend: "revoke it in Omneo, and keep the new one on your server, in the token endpoint.",
    },
  ];
}

function claimsOf(found) {
  const [token] = /eyJ[\w.-]+$/.exec(found) ?? [""];
  try {
    return Object(JSON.parse(Buffer.from(token.split(".")[1], "base64url").toString()));
  } catch {
    return {};
  }
}
