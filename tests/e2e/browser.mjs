// A real browser for each test, see launch.mjs, and what a person does in it.
//
// Starting one takes longer than most tests do. So one serves the tests of a file in turn, in a tab of its own each, and forgets all
// that it knew in between, see `FORGETS`.

import { after } from "node:test";
import { By } from "selenium-webdriver";
import { launch, name, prefer } from "./launch.mjs";

export { hasWebAssembly, name } from "./launch.mjs";

/** A browser until the test is over: one of its own where anything is wanted of it, see {@link launch}, or the file's. */
export async function openBrowser(t, options = {}) {
  const isPlain = Object.values(options).every((option) => option === undefined);
  const driver = isPlain && name in FORGETS && !shared?.isTaken ? await borrow(t) : await own(t, options);
  await driver.manage().window().setRect({ width: 1280, height: 900 });
  return new Visitor(driver);
}

async function own(t, options) {
  const driver = await launch(name, options);
  t.after(() => driver.quit());
  return driver;
}

let shared;
after(() => shared?.driver.quit());

async function borrow(t) {
  shared ??= { driver: await launch(name) };
  shared.isTaken = true;
  t.after(async () => {
    const { driver } = shared;
    try {
      await forget(driver);
      shared.isTaken = false;
    } catch {
      // It is not what it was: the next test has a new one.
      shared = undefined;
      await driver.quit().catch(() => {});
    }
  });
  return shared.driver;
}

/** Closes every tab but a new one, and has the browser forget what they left. */
async function forget(driver) {
  const [first, ...others] = await driver.getAllWindowHandles();
  await driver.switchTo().window(first);
  await driver.switchTo().newWindow("tab");
  const own = await driver.getWindowHandle();
  for (const handle of [first, ...others]) {
    await driver.switchTo().window(handle);
    await driver.close();
  }
  await driver.switchTo().window(own);
  await FORGETS[name](driver);
}

// How a browser forgets cookies, storage, caches and what else a site can leave. WebKit's driver cannot make it.
const FORGETS = {
  async chromium(driver) {
    await driver.sendDevToolsCommand("Storage.clearDataForOrigin", { origin: "*", storageTypes: "all" });
    await driver.sendDevToolsCommand("Storage.clearCookies");
    await driver.sendDevToolsCommand("Network.clearBrowserCache");
    await driver.manage().logs().get("browser");
    await prefer(driver, "light");
  },
  async firefox(driver) {
    await driver.setContext("chrome");
    const failed = await driver.executeAsyncScript("Services.clearData.deleteData(Ci.nsIClearDataService.CLEAR_ALL, arguments[0])");
    await driver.setContext("content");
    if (failed) throw new Error(`Firefox kept something: ${failed}`);
  },
};

/** What a person does in a browser. Everything waits for a condition, nothing for a time. */
export class Visitor {
  constructor(driver) {
    this.driver = driver;
  }

  open(url) {
    return this.driver.get(url);
  }

  /** Goes on in another tab. WebKit's driver leaves one in the background, hidden, where nothing fades in: there it is a window. */
  another() {
    return this.driver.switchTo().newWindow(name === "webkit" ? "window" : "tab");
  }

  /** Runs a script on the page; `await` works in it, and `given` is what else was given. */
  run(script, ...given) {
    return this.driver.executeAsyncScript(
      `const given = [...arguments];
       const done = given.pop();
       (async () => { ${script} })().then((value) => done({ value }), (error) => done({ error: String(error) }))`,
      ...given,
    ).then(({ value, error }) => {
      if (error) throw new Error(error);
      return value;
    });
  }

  async click(text) {
    await this.press(By.xpath(`//*[self::a or self::button][normalize-space()="${text}"]`));
  }

  /** Scrolls it to the middle, where no banner covers it, and clicks it. */
  async press(locator) {
    const element = await this.see(locator);
    await this.driver.executeScript("arguments[0].scrollIntoView({ block: 'center' })", element);
    await element.click();
  }

  async type(id, text) {
    await (await this.see(By.id(id))).sendKeys(text);
  }

  /** Waits until it is there and visible; it may be gone and come again meanwhile, as a page is left for the next. */
  async see(locator) {
    let element;
    await this.until(async () => {
      element = await this.driver.findElement(locator);
      return element.isDisplayed();
    }, locator);
    return element;
  }

  /** Waits until the address ends so. */
  arrive(path) {
    return this.driver.wait(async () => new URL(await this.driver.getCurrentUrl()).pathname === path, PATIENCE_MS, `at ${path}`);
  }

  /** Waits until the script tag has loaded the tracker: it replaces the queue stub. */
  ready() {
    return this.until(() => this.run("return typeof omneo === 'function' && !omneo.q && document.readyState === 'complete'"));
  }

  until(condition, what = "the condition") {
    return this.driver.wait(() => condition().catch(() => false), PATIENCE_MS, `waited in vain for ${what}`);
  }

  /** Everything that the page's origin keeps in this browser. */
  stored() {
    return this.run(`
      const databases = (await indexedDB.databases?.())?.map(({ name }) => name) ?? [];
      return { local: Object.keys(localStorage), session: Object.keys(sessionStorage), databases, cookies: document.cookie };
    `);
  }
}

const PATIENCE_MS = 20_000;
