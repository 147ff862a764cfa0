// A relay and the sandbox that stands for Omneo.

import { startSandbox } from "../e2e/sandbox.mjs";

export { ADA } from "../e2e/sandbox.mjs";
export { ADMIN_KEY, SERVER_KEY } from "../e2e/relay.mjs";
export { freePort } from "../e2e/serve.mjs";

export const world = (t, settings = "") => startSandbox(t, { www: "tests/e2e/blank", relay: { settings } });

/** Waits until it is so. */
export async function until(isSo, what, seconds = 30) {
  const end = Date.now() + seconds * 1_000;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`it never was so: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
