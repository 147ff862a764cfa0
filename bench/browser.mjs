// A browser that a bench can close, kill and start again with the same profile, and whose network it can cut.

import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { By } from "selenium-webdriver";
import { launch } from "../tests/e2e/launch.mjs";

export class Browser {
  #folder = mkdtempSync(join(tmpdir(), "omneo-bench-"));
  #base;
  driver;

  constructor(name) {
    this.name = name;
  }

  async start() {
    const profile = join(this.#folder, "profile");
    // Firefox takes only a folder that is there.
    mkdirSync(profile, { recursive: true });
    this.driver = await launch(this.name, { profile });
    await this.driver.manage().setTimeouts({ script: 120_000 });
    // A tab that stays: a browser whose last tab is closed ends.
    this.#base = await this.driver.getWindowHandle();
  }

  /** As a person closes it. */
  async quit() {
    await this.driver?.quit();
    this.driver = undefined;
  }

  /** As a power cut does. */
  async kill() {
    await promisify(execFile)("pkill", ["-KILL", "-f", "--", this.#folder]);
    await this.driver.quit().catch(() => {});
    this.driver = undefined;
  }

  async end() {
    await this.quit().catch(() => {});
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Opens the address in a tab of its own and answers the tab. */
  async tab(url) {
    if (!this.driver) await this.start();
    // The driver may be at a tab that was closed.
    await this.driver.switchTo().window(this.#base);
    // WebKit's driver leaves a tab in the background, hidden: there it is a window.
    await this.driver.switchTo().newWindow(this.name === "webkit" ? "window" : "tab");
    const tab = new Tab(this.driver, await this.driver.getWindowHandle());
    await tab.open(url);
    return tab;
  }

  /** The tab that shows that address, once there is one: a prerendered page comes with a tab of its own. */
  async tabAt(url) {
    let tab;
    await this.driver.wait(async () => {
      for (const handle of await this.driver.getAllWindowHandles()) {
        tab = new Tab(this.driver, handle);
        if ((await (await tab.here()).getCurrentUrl()) === url) return true;
      }
    }, 20_000, `no tab shows ${url}`);
    await tab.ready();
    return tab;
  }

  /** Closes every tab but one, which is empty. */
  async closeTabs() {
    if (!this.driver) return;
    for (const handle of await this.driver.getAllWindowHandles()) {
      if (handle !== this.#base) await this.driver.switchTo().window(handle).then(() => this.driver.close());
    }
    await this.driver.switchTo().window(this.#base);
  }

  /** Cuts the network, as the page sees it, or mends it. */
  async offline(isOffline) {
    if (this.name === "firefox") return this.#firefoxOffline(isOffline);
    if (!isOffline) return this.driver.deleteNetworkConditions();
    await this.driver.setNetworkConditions({ offline: true, latency: 0, download_throughput: 0, upload_throughput: 0 });
  }

  async #firefoxOffline(isOffline) {
    await this.driver.setContext("chrome");
    await this.driver.executeScript(
      `Services.prefs.setBoolPref("network.disable-localhost-when-offline", true);
       Services.io.manageOfflineStatus = false;
       Services.io.offline = arguments[0];`,
      isOffline,
    );
    await this.driver.setContext("content");
  }
}

/** One tab. */
export class Tab {
  constructor(driver, handle) {
    this.driver = driver;
    this.handle = handle;
  }

  async here() {
    await this.driver.switchTo().window(this.handle);
    return this.driver;
  }

  async open(url) {
    await (await this.here()).get(url);
    await this.ready();
  }

  /** Waits for the page's tracker. */
  async ready() {
    const driver = await this.here();
    await driver.wait(() => driver.executeScript("return Boolean(window.visit)").catch(() => false), 30_000, "no tracker");
  }

  async run(script, ...given) {
    return (await this.here()).executeScript(script, ...given);
  }

  /** As `run`, for a script whose last argument is a function to call in the end. */
  async wait(script, ...given) {
    return (await this.here()).executeAsyncScript(script, ...given);
  }

  async back() {
    await (await this.here()).navigate().back();
    await this.ready();
  }

  async forward() {
    await (await this.here()).navigate().forward();
    await this.ready();
  }

  async click(selector) {
    await (await this.here()).findElement(By.css(selector)).click();
  }

  async close() {
    await (await this.here()).close();
  }
}
