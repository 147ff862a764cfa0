// A page whose process dies.

/**
 * Answers whether the browser can have that under automation. Firefox's driver ends the browser with any process of it, and WebKit's
 * does not say which process a page has.
 */
export async function crash(tab) {
  if (tab.browser.name !== "chromium") return false;
  // The command itself is never answered.
  await tab.on((driver) => driver.sendDevToolsCommand("Page.crash").catch(() => {}));
  return true;
}
