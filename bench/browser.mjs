// A browser that a bench can close, kill and start again with the same profile, and whose network it can cut.
//
// Several visits may go on in it side by side, see lane.mjs. Its driver is at one tab at a time, so whatever is done in one is done
// in a turn of its own.

import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { launch } from "../tests/e2e/launch.mjs";
import { Tab } from "./tab.mjs";

export class Browser {
  #folder = mkdtempSync(join(tmpdir(), "omneo-bench-"));
  #base;
  #last = Promise.resolve();
  driver;

  constructor(name) {
    this.name = name;
  }

  async start() {
    const profile = join(this.#folder, "profile");
    // Firefox takes only a folder that is there.
    mkdirSync(profile, { recursive: true });
    this.driver = await launch(this.name, { profile });
    await this.driver.manage().setTimeouts({ script: 120_000, pageLoad: 60_000 });
    // A tab that stays: a browser whose last tab is closed ends.
    this.#base = await this.driver.getWindowHandle();
  }

  /** Does the work when what was begun before is done. */
  turn(work) {
    const done = this.#last.then(() => work(this.driver));
    this.#last = done.catch(() => {});
    return done;
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
    const tab = await this.turn(async () => {
      if (!this.driver) await this.start();
      // The driver may be at a tab that was closed.
      await this.driver.switchTo().window(this.#base);
      // A window, so that no visit hides the page of another.
      await this.driver.switchTo().newWindow("window");
      return new Tab(this, await this.driver.getWindowHandle());
    });
    await tab.open(url);
    return tab;
  }

  /** A tab that a page opened. */
  adopt(handle) {
    return new Tab(this, handle);
  }

  /** The tab that shows that address, once there is one: a prerendered page comes with a tab of its own. */
  async tabAt(url) {
    let tab;
    await this.driver.wait(async () => {
      for (const handle of await this.driver.getAllWindowHandles()) {
        tab = new Tab(this, handle);
        if ((await tab.on((driver) => driver.getCurrentUrl())) === url) return true;
      }
    }, 20_000, `no tab shows ${url}`);
    await tab.ready();
    return tab;
  }

  /** Closes every tab but one, which is empty. */
  closeTabs() {
    return this.turn(async (driver) => {
      if (!driver) return;
      for (const handle of await driver.getAllWindowHandles()) {
        if (handle !== this.#base) await driver.switchTo().window(handle).then(() => driver.close());
      }
      await driver.switchTo().window(this.#base);
    });
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
