// The reports' page, for a browser on this machine. The key stays in this process.

import { createReadStream } from "node:fs";
import { createServer } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { isHere } from "../../js/here.js";

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Reports · Omneo interactions</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="reports.css">
    <script type="module" src="reports.js"></script>
  </head>
  <body>
    <main>
      <h1>What customers did</h1>
      <div data-omneo-records="records"></div>
    </main>
  </body>
</html>
`;

const FILES = { "/reports.js": "text/javascript", "/reports.css": "text/css" };

const HEADERS = {
  "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Cache-Control": "no-store",
};

/** A server that is yet to listen; `reading` has the records. */
export function serverOf(reading) {
  return createServer((asked, answer) => {
    for (const [name, value] of Object.entries(HEADERS)) answer.setHeader(name, value);
    if (!isOwn(asked)) return void answer.writeHead(403).end("Only pages of this server may ask.\n");
    if (asked.method !== "GET") return void answer.writeHead(405, { Allow: "GET" }).end();
    send(new URL(asked.url ?? "/", "http://localhost").pathname, reading, answer).catch(() => answer.destroy());
  });
}

// A page of another site, or a name that leads to this machine for it, gets nothing.
function isOwn({ headers }) {
  const site = headers["sec-fetch-site"];
  return isHere((headers.host ?? "").replace(/:\d+$/, "")) && (site === undefined || site === "same-origin" || site === "none");
}

async function send(path, reading, answer) {
  if (path === "/") return answer.setHeader("Content-Type", "text/html; charset=utf-8").end(PAGE);
  if (path === "/records") {
    answer.setHeader("Content-Type", "application/x-ndjson");
    return pipeline(Readable.from(reading.lines()), answer);
  }
  if (!Object.hasOwn(FILES, path)) return answer.writeHead(404).end();
  answer.setHeader("Content-Type", `${FILES[path]}; charset=utf-8`);
  return pipeline(createReadStream(fileURLToPath(new URL(`.${path}`, import.meta.url))), answer);
}
