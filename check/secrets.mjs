// A token in what everybody can read. It is told where it stands, and never what it is.

// A JSON Web Token; what is called a token of Omneo's or of an administrator; what is sent as one; one as Laravel's servers mint them;
// and the sandbox's. Words without a digit are prose, or code that has the token from elsewhere.
const QUOTE = String.raw`(?:\\?["'\x60]|&quot;)`;
const SIGNS = [
  /\beyJ[\w-]+\.eyJ[\w-]+\.[\w-]+/g,
  new RegExp(String.raw`(?:admin|omneo)[_-]?token\b${QUOTE}?\s*[:=]\s*${QUOTE}(?=[\w.~+/|-]*\d)[\w.~+/|-]{8,}`, "gi"),
  /["'`]Bearer\s+(?=[\w.~+/|-]*\d)[\w.~+/|-]{16,}["'`]/g,
  /\b\d{1,9}\|[A-Za-z0-9]{16,}\b/g,
  /\bsandbox-admin-token\b/g,
];

/** Of keys like a payment provider's, made for pages. */
const PUBLIC = /Bearer\s+p(k|ub)[_-]/i;

export async function secrets({ page: { html, scripts }, loaded }) {
  const texts = [["the page", html]];
  for (const script of scripts) {
    const file = await loaded(script);
    if (file) texts.push([script.attributes.src, file.text]);
  }
  return texts.flatMap(([where, text]) => found(where, text)).slice(0, MOST);
}

/** As many as anybody reads. */
const MOST = 20;

// Each line and kind of token once.
function found(where, text) {
  const all = new Map();
  for (const sign of SIGNS) {
    for (const { 0: token, index } of text.matchAll(sign)) {
      const kind = kindOf(token);
      const place = kind && `${where}, line ${lineOf(text, index)}`;
      if (place) all.set(`${place}: ${kind.what}`, kind.mend);
      if (all.size >= MOST) break;
    }
  }
  return [...all].map(([what, mend]) => ({ what, mend }));
}

const lineOf = (text, index) => text.slice(0, index).split("\n").length;

const CUSTOMERS = { what: "a customer's token.", mend: "let the token endpoint answer it, with Cache-Control: no-store." };
const ADMINS = {
  what: "a token that looks like an admin token of Omneo's. Whoever reads it can read and write all profiles.",
  mend: "revoke it in Omneo, and keep the new one on your server, in the token endpoint.",
};

function kindOf(token) {
  const claims = claimsOf(token);
  // Another service's, such as a key that is made for pages.
  if (PUBLIC.test(token) || (claims.iss && !/omneo/i.test(claims.iss))) return undefined;
  // A customer's names its profile.
  return "pid" in claims ? CUSTOMERS : ADMINS;
}

function claimsOf(found) {
  const [token] = /eyJ[\w.-]+/.exec(found) ?? [""];
  try {
    return Object(JSON.parse(Buffer.from(token.split(".")[1], "base64url").toString()));
  } catch {
    return {};
  }
}
