// One tab of a browser.

import { setTimeout as pause } from "node:timers/promises";
import { By } from "selenium-webdriver";

export class Tab {
  constructor(browser, handle) {
    this.browser = browser;
    this.handle = handle;
  }

  /** Does the work, which is given the driver, in this tab. */
  on(work) {
    return this.browser.turn(async (driver) => {
      await driver.switchTo().window(this.handle);
      return work(driver);
    });
  }

  async open(url) {
    await this.on((driver) => driver.get(url));
    await this.ready();
  }

  /** Waits for the page's tracker. */
  ready() {
    return this.until("return Boolean(window.visit)", "no tracker", 30_000);
  }

  /** Waits until the script answers something true; a page that is being left has no answer yet. */
  async until(script, otherwise, patience = PATIENCE_MS) {
    const end = Date.now() + patience;
    while (!(await this.run(script).catch(() => false))) {
      if (Date.now() > end) throw new Error(`${otherwise} after ${patience} ms`);
      await pause(30);
    }
  }

  run(script, ...given) {
    return this.on((driver) => driver.executeScript(script, ...given));
  }

  /** As `run`, for a script whose last argument is a function to call in the end. Meanwhile nothing else is done in the browser. */
  wait(script, ...given) {
    return this.on((driver) => driver.executeAsyncScript(script, ...given));
  }

  async back() {
    await this.on((driver) => driver.navigate().back());
    await this.ready();
  }

  async forward() {
    await this.on((driver) => driver.navigate().forward());
    await this.ready();
  }

  async reload() {
    await this.on((driver) => driver.navigate().refresh());
    await this.ready();
  }

  click(selector) {
    return this.on((driver) => driver.findElement(By.css(selector)).click());
  }

  close() {
    return this.on((driver) => driver.close());
  }
}

const PATIENCE_MS = 20_000;
