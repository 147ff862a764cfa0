// Chromium by its DevTools protocol, over a pipe: a driver in between would add its own work to what is measured.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export class Chromium {
  #folder = mkdtempSync(join(tmpdir(), "omneo-bench-"));
  #child;
  #number = 0;
  #waiting = new Map();
  #listeners = new Set();
  #rest = "";

  async start() {
    const flags = [...FLAGS, `--user-data-dir=${this.#folder}`, "about:blank"];
    this.#child = spawn(process.env.CHROME_BIN ?? "/usr/bin/chromium", flags, { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
    this.#child.stdio[4].setEncoding("utf8").on("data", (chunk) => this.#hear(chunk));
    this.version = (await this.send("Browser.getVersion")).product;
    // Headless in its name, and some trackers would record nothing.
    const agent = (await this.send("Browser.getVersion")).userAgent;
    this.agent = agent.replace("Headless", "");
    return this;
  }

  async close() {
    const ended = once(this.#child, "exit");
    this.send("Browser.close").catch(() => {});
    await ended;
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Opens an empty page, in a window of its own. */
  async page() {
    const { targetId } = await this.send("Target.createTarget", { url: "about:blank", newWindow: true });
    const { sessionId } = await this.send("Target.attachToTarget", { targetId, flatten: true });
    const page = new Page(this, targetId, sessionId);
    await page.send("Page.enable");
    await page.send("Emulation.setUserAgentOverride", { userAgent: this.agent });
    return page;
  }

  /** Sends a command and answers its result. */
  send(method, params = {}, sessionId = undefined) {
    this.#number += 1;
    const id = this.#number;
    this.#child.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise((answered, failed) => {
      this.#waiting.set(id, ({ result, error }) => (error ? failed(new Error(`${method}: ${error.message}`)) : answered(result)));
    });
  }

  /** Calls `listener({method, params, sessionId})` for every event until the answered function is called. */
  on(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #hear(chunk) {
    const messages = (this.#rest + chunk).split("\0");
    this.#rest = messages.pop();
    for (const message of messages.map((text) => JSON.parse(text))) {
      if (message.id === undefined) this.#listeners.forEach((listener) => listener(message));
      else this.#waiting.get(message.id)(message);
      this.#waiting.delete(message.id);
    }
  }
}

class Page {
  #browser;
  #target;
  #session;

  constructor(browser, target, session) {
    this.#browser = browser;
    this.#target = target;
    this.#session = session;
  }

  send(method, params) {
    return this.#browser.send(method, params, this.#session);
  }

  close() {
    return this.#browser.send("Target.closeTarget", { targetId: this.#target });
  }

  /** Opens an address and waits until it has loaded. */
  async open(url) {
    const loaded = this.event("Page.loadEventFired");
    await this.send("Page.navigate", { url });
    await loaded;
  }

  /** Waits for an event and answers its parameters. */
  event(wanted) {
    return new Promise((came) => {
      const off = this.#browser.on(({ method, params, sessionId }) => {
        if (method === wanted && sessionId === this.#session) came((off(), params));
      });
    });
  }

  /** The value of an expression; promises are waited for. */
  async run(expression) {
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(`${expression}: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`);
    return result.value;
  }

  /** Waits until an expression is true. */
  until(expression) {
    return this.run(`new Promise((so) => { const look = () => (${expression}) ? so() : setTimeout(look, 5); look(); })`);
  }

  /** Clicks there as a mouse does. */
  async click(x, y) {
    const at = { x, y, button: "left", clickCount: 1 };
    await this.send("Input.dispatchMouseEvent", { type: "mousePressed", ...at });
    await this.send("Input.dispatchMouseEvent", { type: "mouseReleased", ...at });
  }

  /** What the browser does from here on, until the answered function is called; that answers the trace's events. */
  async trace(categories) {
    const events = [];
    const off = this.#browser.on(({ method, params }) => method === "Tracing.dataCollected" && events.push(...params.value));
    await this.send("Tracing.start", { traceConfig: { includedCategories: categories } });
    return async () => {
      const ended = this.event("Tracing.tracingComplete");
      await this.send("Tracing.end");
      await ended;
      off();
      return events;
    };
  }
}

const FLAGS = [
  "--headless=new",
  "--remote-debugging-pipe",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--window-size=1280,900",
  // Windows that stand behind another are visible all the same.
  "--disable-backgrounding-occluded-windows",
  "--disable-renderer-backgrounding",
  // Nothing leaves the machine.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
];
