// A site with the script tag and a strict content security policy, as a web server would send it.

import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../../tools/process.mjs";
import { openBrowser } from "./browser.mjs";
import { ADA, startSandbox } from "./sandbox.mjs";
import { serve } from "./serve.mjs";

// What the page itself sees of its policy being broken, and what its console is told.
const STUB = `window.omneo = function () { (omneo.q = omneo.q || []).push(arguments); };
  window.broken = [];
  addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => broken.push(\`\${effectiveDirective} \${blockedURI}\`));
  window.warned = [];
  console.warn = (...words) => warned.push(words.join(" "));`;

/** A new folder that has what \`npm run build\` made, under `omneo/`. */
export function folderFor(t) {
  const folder = mkdtempSync(join(tmpdir(), "omneo-site-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(join(root, "dist"), join(folder, "omneo"), { recursive: true });
  return folder;
}

/**
 * Opens a site whose policy allows these `scripts`. `host` is where the tracker comes from, the site itself where it is not said;
 * `snippet` which file it begins with, `attributes` what else the tag has, `head` what stands before it. `change(folder)` may
 * change the tracker's files.
 */
export async function openSite(t, { scripts, host = "/", webAssembly, snippet = "snippet.js", attributes = "", head = "", change }) {
  const sandbox = await startSandbox(t);
  const { body } = await sandbox.call("POST", "/id/api/v1/auth/token", { id: ADA });
  const folder = folderFor(t);
  change?.(join(folder, "omneo"));
  const data = `data-endpoint="${sandbox.origin}" data-token-url="/token.json" data-consent="granted"`;
  const tag = `<script async crossorigin src="${host}omneo/${snippet}" ${data} ${attributes}></script>`;
  writeFileSync(join(folder, "stub.js"), STUB);
  writeFileSync(join(folder, "token.json"), JSON.stringify({ token: body.data.token }));
  writeFileSync(
    join(folder, "index.html"),
    `<!doctype html><title>Strict</title><link rel="icon" href="data:,">${head}<script src="/stub.js"></script>${tag}`,
  );
  const connect = `connect-src 'self' ${host === "/" ? "" : host} ${sandbox.origin}`;
  const policy = `default-src 'none'; img-src data:; script-src ${scripts}; ${connect}; require-trusted-types-for 'script'; trusted-types 'none'`;
  const visitor = await openBrowser(t, { webAssembly });
  await visitor.open(await serve(t, folder, { "Content-Security-Policy": policy }));
  return {
    visitor,
    arrives: () => visitor.until(async () => (await sandbox.interactions()).some(({ name }) => name === "Viewed page: Strict"), "a record"),
    /** Which files of the tracker came, without their folder. */
    loaded: () =>
      visitor.run(
        `const paths = performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname);
         return paths.filter((path) => path.startsWith("/omneo/")).map((path) => path.slice(7));`,
      ),
  };
}
