// The brand's own tokens (RFC 7519), good ones and others.

import { createHmac } from "node:crypto";

/** Two brands at one relay, each with its own host, issuer and secret. */
export const BRANDS = {
  demo: { host: "127.0.0.1", issuer: "https://shop.example", secret: "the demo brand's own secret, of 32 bytes or more" },
  other: { host: "localhost", issuer: "https://other.example", secret: "the other brand's own secret, of 32 bytes or more" },
};

export const AUDIENCE = "omneo-relay";

/** A token of that customer; `claims` and `alg` in place of what is good. */
export function jwt(profile, { brand = BRANDS.demo, secret = brand.secret, alg = "HS256", ...claims } = {}) {
  const all = { iss: brand.issuer, aud: AUDIENCE, pid: profile, exp: Math.floor(Date.now() / 1000) + 6 * 3600, ...claims };
  const signed = [{ alg, typ: "JWT" }, all].map(base64).join(".");
  const signature = alg === "none" ? "" : createHmac("sha256", secret).update(signed).digest("base64url");
  return `${signed}.${signature}`;
}

const base64 = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
