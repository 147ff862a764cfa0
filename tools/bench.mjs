// `npm run bench`, `npm run bench:faults` and the others, `npm run soak`: set-up, build, and one of the measurements of `bench/`.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { build } from "./build.mjs";
import { Failure, main, root } from "./process.mjs";
import { relay, sandbox } from "./servers.mjs";
import { setUp } from "./setup.mjs";
import { packages } from "./setup/packages.mjs";

main(async ([name, ...args]) => {
  const program = join(root, "bench", name ?? "", "run.mjs");
  if (!name || !existsSync(program)) throw new Failure(`The bench is ${name ?? "missing"}; accepted: a folder of bench/ with a run.mjs.`);
  const own = join(root, "bench", name, "prepare.mjs");
  if (existsSync(own)) {
    // It measures no browser.
    await (await import(own)).prepare(await setUp());
    return (await import(program)).run(args);
  }
  const tools = await setUp({ tests: true });
  await packages("bench");
  await build(tools);
  Object.assign(process.env, tools.browsers, { OMNEO_SANDBOX: await sandbox(tools), OMNEO_RELAY: await relay(tools) });
  const { run } = await import(program);
  return run(args);
});
