// The page of the demo that is made: what its privacy officer signs, by the package's command, for the policy that the shop's tag has.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure, capture, root, timed } from "../process.mjs";

const SHOP = "www/index.html";
const FRAME = "tools/demo/policy.html";
const FOLDER = "www/privacy/policy";

/** What it is made of besides `dist/`, and what is made. */
export const INPUTS = [SHOP, "tools/demo"];
export const PAGE = [`${FOLDER}/index.html`, `${FOLDER}/report.css`];

/** Writes the page, once `dist/` has the command and its module. */
export async function makePolicyPage() {
  await timed("reporting on the demo's policy", `${FOLDER}/`, async () => {
    rmSync(join(root, FOLDER), { recursive: true, force: true });
    mkdirSync(join(root, FOLDER), { recursive: true });
    const report = await reportOn(await shopPolicy());
    const page = readFileSync(join(root, FRAME), "utf8").replace("<!-- the report -->", () => /<main\b[^]*<\/main>/.exec(report)[0]);
    writeFileSync(join(root, FOLDER, "index.html"), page);
    // The shop's content security policy allows no style within a page.
    writeFileSync(join(root, FOLDER, "report.css"), /<style>([^]*)<\/style>/.exec(report)[1]);
  });
}

/** The policy that the shop's tag has. What it is read by is there once the packages are. */
export async function shopPolicy() {
  const [{ read }, { given }] = await Promise.all([import("../../check/page.mjs"), import("../../check/tag.mjs")]);
  const { tag } = read({ text: readFileSync(join(root, SHOP), "utf8") }, "https://shop.example/");
  return given(tag.attributes).policy;
}

// Without a policy in its tag, a shop has the default one.
async function reportOn(policy) {
  const file = join(root, "target", "web", "policy.json");
  if (policy) writeFileSync(file, JSON.stringify(policy, undefined, 2));
  const { code, stdout, stderr } = await capture(process.execPath, [join(root, "dist", "check.js"), "policy", "report", ...(policy ? [file] : []), "--format", "html"]);
  if (code !== 0) throw new Failure(`The policy of ${SHOP} cannot be reported on: ${stderr.trim()}`);
  return stdout;
}
