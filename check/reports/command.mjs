// `omneo-interactions reports`: what customers did, as a page for this machine's browser.

import { once } from "node:events";
import { parseArgs } from "node:util";
import { isHere } from "../../js/here.js";
import { isDay } from "../../js/reports/filter.js";
import { Failure } from "../failure.mjs";
import { interactions } from "./omneo.mjs";
import { Reading } from "./reading.mjs";
import { serverOf } from "./server.mjs";

const ACCEPTED = "(accepted: --tenant NAME or --endpoint ORIGIN, [--since YYYY-MM-DD] [--port PORT])";

/** Serves until it is interrupted. */
export async function reports(args, env = process.env) {
  const { api, since, port } = options(args);
  const key = env.OMNEO_ADMIN_TOKEN;
  if (!key) throw new Failure("OMNEO_ADMIN_TOKEN is not set: a token of the tenant with the scope read-interactions. It stays in this process.");
  const server = serverOf(new Reading(() => interactions({ api, key, since })));
  server.listen(port, "127.0.0.1");
  const failed = once(server, "error").then(([{ message }]) => {
    throw new Failure(`The reports cannot be served: ${message}. Another port: --port 8793.`);
  });
  await Promise.race([once(server, "listening"), failed]);
  console.log(`The reports on ${api}: http://127.0.0.1:${server.address().port}/ (Ctrl+C ends it)`);
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM"), failed]);
  server.closeAllConnections();
  server.close();
  return 0;
}

function options(args) {
  const { tenant, endpoint, since, port } = parsed(args);
  if (!tenant === !endpoint) throw new Failure(`One of --tenant and --endpoint says whose interactions are read ${ACCEPTED}.`);
  if (tenant && !/^[a-z\d](?:[a-z\d-]*[a-z\d])?$/i.test(tenant)) throw new Failure(`--tenant is "${tenant}"; accepted: the name in https://api.{name}.getomneo.com.`);
  if (since && !isDay(since)) throw new Failure(`--since is "${since}"; accepted: a day such as 2026-01-31.`);
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new Failure(`--port is "${port}"; accepted: 0 to 65535.`);
  return { api: tenant ? `https://api.${tenant}.getomneo.com` : origin(endpoint), since, port: Number(port) };
}

function parsed(args) {
  try {
    return parseArgs({ args, options: OPTIONS }).values;
  } catch ({ message }) {
    throw new Failure(`${message.split("\n")[0]} ${ACCEPTED}`);
  }
}

/** @type {import("node:util").ParseArgsOptionsConfig} */
const OPTIONS = { tenant: { type: "string" }, endpoint: { type: "string" }, since: { type: "string" }, port: { type: "string", default: "8792" } };

// The key goes there: over the network only by https.
function origin(text) {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && isHere(url.hostname));
  if (!isSafe || url.href !== `${url.origin}/`) {
    throw new Failure(`--endpoint is "${text}"; accepted: an origin with https, or with http on this machine.`);
  }
  return url.origin;
}
