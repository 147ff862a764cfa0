// `npm start`: set-up, build, and the sandbox with the demo storefront in the foreground.
//
// What stands after `--` goes to the sandbox: `npm start -- --fresh --port 9000`; `npm start -- --help` lists it all.

import { spawn } from "node:child_process";
import { build } from "./build.mjs";
import { Failure, main, root } from "./process.mjs";
import { sandbox } from "./sandbox.mjs";
import { setUp } from "./setup.mjs";

main(async (args) => {
  const tools = await setUp();
  await build(tools);
  return serve(await sandbox(tools), args);
});

// Answers the sandbox's exit code once it has ended. It is told to end when this program is: a terminal's Ctrl+C reaches both,
// a `kill` only this one.
function serve(binary, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(binary, args, { cwd: root, stdio: "inherit" });
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
    child.on("error", ({ message }) => reject(new Failure(`The sandbox could not be started: ${message}`)));
    // A stop that was asked for is no failure.
    child.on("exit", (code, signal) => resolve(signal ? 0 : code));
  });
}
