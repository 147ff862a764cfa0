// The web server of an application: its files, or pages that it makes itself; our script tag in each page, where it is asked for;
// and a script before all others that writes down what the console says.

import { once } from "node:events";
import { readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";

const TYPES = { ".js": "text/javascript", ".wasm": "application/wasm", ".css": "text/css", ".txt": "text/plain", ".json": "application/json" };

// What a console says is kept over loads. Wrapping shows on the page, and is the same with the tracker and without it.
const PROBE = `<script>
  for (const level of ["debug", "log", "info", "warn", "error"]) {
    const native = console[level];
    console[level] = (...said) => {
      sessionStorage.said = (sessionStorage.said ?? "") + level + ": " + said.join(" ") + "\\n";
      native.apply(console, said);
    };
  }
  addEventListener("error", ({ message }) => console.error("uncaught", message));
  addEventListener("unhandledrejection", ({ reason }) => console.error("unhandled", reason));
</script>`;

/**
 * Serves an application until the test is over: from `files`, or as pages that carry `script`. `tag` is put into each page. `/slow` has
 * its answer after `slow.later` milliseconds, and after `slow.landing` on the page that was loaded.
 */
export async function serveApp(t, { files, script, loads, slow = { landing: 150, later: 150 } }, tag, token) {
  let landing;
  const made = (path) => page(path, { script, boosted: !loads });
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const answer = (body, type = "text/html; charset=utf-8") => response.writeHead(200, { "Content-Type": type }).end(body);
    const html = (text) => answer(text.replace(/<head>/, `<head>${PROBE}`).replace(/<\/body>/, `${tag}</body>`));
    if (pathname === "/omneo/token") return answer(JSON.stringify({ token }), "application/json");
    const ours = /^\/omneo\/(.*)$/.exec(pathname)?.[1];
    if (ours) return answer(readFileSync(join("dist", ours)), TYPES[extname(ours)]);
    // As long as an answer takes from elsewhere: titles come after addresses.
    const onLanding = landing && request.headers.referer?.endsWith(landing);
    if (pathname === "/slow") return void setTimeout(() => answer("slow", "text/plain"), onLanding ? slow.landing : slow.later);
    landing = request.headers["sec-fetch-dest"] === "document" ? pathname : landing;
    if (pathname === "/router.js" && script) return answer(readFileSync(script), TYPES[".js"]);
    const redirects = !files || /astro/.test(files);
    if (pathname === "/old" && redirects) return response.writeHead(302, { Location: "/b" }).end();
    if (!files) return void setTimeout(() => html(made(pathname)), loads ? 0 : 150);
    const path = ["", ".html", "/index.html"].map((end) => join(files, pathname + end)).find(isFile);
    if (path && extname(path) !== ".html") return answer(readFileSync(path), TYPES[extname(path)]);
    // A client-side router knows its own addresses.
    html(readFileSync(path ?? join(files, "index.html"), "utf8"));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${server.address().port}`;
}

function page(path, { script, boosted }) {
  const name = { "/": "Home", "/a": "A", "/b": "B" }[path] ?? "Nothing here";
  const links = ["home", "a", "b", "old"].map((id) => `<a id="${id}" href="/${id === "home" ? "" : id}">${id}</a>`).join(" ");
  return `<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>${name}</title>
        <link rel="icon" href="data:," />
        <meta name="turbo-prefetch" content="false" />
        ${script ? '<script defer src="/router.js"></script>' : ""}
        <script defer>
          document.addEventListener("submit", (event) => {
            event.preventDefault();
            // Neither the browser nor the router has anything to send.
            event.stopPropagation();
            console.info("submitted", new FormData(event.target).get("size"));
            document.getElementById("said").textContent = "Thanks";
          }, true);
        </script>
      </head>
      <body${boosted ? ' hx-boost="true"' : ""}>
        <nav>${links}</nav>
        <main><h1>${name}</h1></main>
        <form name="size"><input name="size" value="M" /><button>Send</button></form>
        <p id="said"></p>
      </body>
    </html>`;
}

const isFile = (path) => statSync(path, { throwIfNoEntry: false })?.isFile();
