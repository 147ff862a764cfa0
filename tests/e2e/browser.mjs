// A real browser, fresh for each test: `BROWSER` is chromium, firefox or webkit, and where the programs are is what the set-up found.
// `WEBASSEMBLY=off` takes WebAssembly from it, as Lockdown Mode and Tor Browser's safer levels do.

import { Builder, By } from "selenium-webdriver";
import chrome from "selenium-webdriver/chrome.js";
import firefox from "selenium-webdriver/firefox.js";
import { launchWebKit } from "./webkit.mjs";

export const name = process.env.BROWSER ?? "chromium";

export const hasWebAssembly = process.env.WEBASSEMBLY !== "off";

/** Opens a browser, see {@link launch}, and closes it when the test is over. */
export async function openBrowser(t, options = {}) {
  const driver = await launch(name, options);
  t.after(() => driver.quit());
  await driver.manage().window().setRect({ width: 1280, height: 900 });
  return new Visitor(driver);
}

/**
 * Starts a browser: `scheme` is the colours that the person prefers, `preferences` what else they set in it, `profile` the folder
 * of a profile that outlives the browser, `webAssembly` whether it runs that.
 */
export function launch(name, options = {}) {
  return (BROWSERS[name] ?? unknown)(options);
}

/** What a person does in a browser. Everything waits for a condition, nothing for a time. */
export class Visitor {
  constructor(driver) {
    this.driver = driver;
  }

  open(url) {
    return this.driver.get(url);
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

const BROWSERS = {
  async chromium({ scheme = "light", preferences = {}, profile, webAssembly = hasWebAssembly }) {
    const options = new chrome.Options().addArguments(
      "--headless=new",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-dev-shm-usage",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    );
    if (profile) options.addArguments(`--user-data-dir=${profile}`);
    if (!webAssembly) options.addArguments("--js-flags=--jitless");
    options.setUserPreferences(preferences);
    options.setChromeBinaryPath(process.env.CHROME_BIN ?? "/usr/bin/chromium");
    const service = new chrome.ServiceBuilder(process.env.CHROMEDRIVER ?? "/usr/bin/chromedriver");
    const driver = await new Builder().forBrowser("chrome").setChromeOptions(options).setChromeService(service).build();
    const features = [{ name: "prefers-color-scheme", value: scheme }];
    await driver.sendDevToolsCommand("Emulation.setEmulatedMedia", { features });
    return driver;
  },
  firefox({ scheme = "light", preferences = {}, profile, webAssembly = hasWebAssembly }) {
    const options = new firefox.Options().addArguments("-headless");
    if (profile) options.addArguments("-profile", profile);
    if (!webAssembly) options.setPreference("javascript.options.wasm", false);
    options.setPreference("layout.css.prefers-color-scheme.content-override", scheme === "dark" ? 0 : 1);
    for (const [name, value] of Object.entries(preferences)) options.setPreference(name, value);
    options.setBinary(process.env.FIREFOX_BIN ?? "/usr/bin/firefox-esr");
    const service = new firefox.ServiceBuilder(process.env.GECKODRIVER ?? ".tools/bin/geckodriver");
    // Whoever brings a profile may also set what only the browser's own pages can.
    if (profile) service.addArguments("--allow-system-access");
    return new Builder().forBrowser("firefox").setFirefoxOptions(options).setFirefoxService(service).build();
  },
  webkit({ webAssembly = hasWebAssembly }) {
    return launchWebKit({ webAssembly });
  },
};

function unknown() {
  throw new Error(`BROWSER is ${name}; accepted: ${Object.keys(BROWSERS).join(", ")}`);
}
