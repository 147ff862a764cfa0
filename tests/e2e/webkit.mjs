// WebKitGTK, the engine of Safari as Linux has it. It has no headless mode, so it shows its windows on a screen that nobody sees.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { Capabilities, WebDriver } from "selenium-webdriver";
import { Executor, HttpClient } from "selenium-webdriver/http/index.js";
import { findFreePort } from "selenium-webdriver/net/portprober.js";
import { DriverService } from "selenium-webdriver/remote/index.js";

/** Starts a browser, see `launch` in browser.mjs. It has no preferences, and forgets everything in the end. */
export async function launchWebKit({ scheme = "light", webAssembly }) {
  const screen = await startScreen();
  const theme = scheme === "dark" ? "Adwaita:dark" : "Adwaita";
  const driver = startDriver({ DISPLAY: screen.display, GTK_THEME: theme, ...(!webAssembly && { JSC_useWasm: "0" }) });
  const end = async () => {
    await driver.kill();
    await screen.stop();
  };
  const executor = new Executor(driver.start().then((url) => new HttpClient(url)));
  return WebDriver.createSession(executor, new Capabilities(), end);
}

function startDriver(variables) {
  // As root there is no sandbox to be had for the browser's processes, and it would not start.
  const asRoot = process.getuid() === 0 ? { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1" } : {};
  const port = findFreePort("127.0.0.1");
  return new DriverService(process.env.WEBKITDRIVER, {
    loopback: true,
    port,
    args: port.then((port) => [`--port=${port}`]),
    env: { ...process.env, ...asRoot, ...variables },
  });
}

/** A screen in memory: Xvfb takes a number that is free, and says which. */
async function startScreen() {
  const child = spawn(process.env.XVFB, ["-displayfd", "3", "-nolisten", "tcp", "-screen", "0", "1280x1024x24"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const ended = once(child, "exit");
  const [number] = await Promise.race([
    once(createInterface(child.stdio[3]), "line"),
    ended.then(([code]) => {
      throw new Error(`Xvfb ended with ${code}`);
    }),
  ]);
  return { display: `:${number}`, stop: () => (child.kill(), ended) };
}
