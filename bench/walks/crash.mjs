// A page whose process dies.

import { kill } from "node:process";

/** Answers whether the browser can have that under automation: WebKit's driver does not say which process a page has. */
export async function crash(tab) {
  if (!(tab.browser.name in CRASHES)) return false;
  await CRASHES[tab.browser.name](tab);
  return true;
}

const CRASHES = {
  // The command itself is never answered.
  chromium: (tab) => tab.on((driver) => driver.sendDevToolsCommand("Page.crash").catch(() => {})),
  async firefox(tab) {
    const pid = await tab.on(async (driver) => {
      await driver.setContext("chrome");
      const pid = await driver.executeScript("return gBrowser.selectedBrowser.browsingContext.currentWindowGlobal.osPid");
      await driver.setContext("content");
      return pid;
    });
    kill(pid, "SIGKILL");
  },
};
