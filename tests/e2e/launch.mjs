// The browsers, as they are started: `BROWSER` is chromium, firefox or webkit, and where the programs are is what the set-up found.
// `WEBASSEMBLY=off` takes WebAssembly from it, as Lockdown Mode and Tor Browser's safer levels do.

import { Builder } from "selenium-webdriver";
import chrome from "selenium-webdriver/chrome.js";
import firefox from "selenium-webdriver/firefox.js";
import { launchWebKit } from "./webkit.mjs";

export const name = process.env.BROWSER ?? "chromium";

export const hasWebAssembly = process.env.WEBASSEMBLY !== "off";

/**
 * Starts a browser: `scheme` is the colours that the person prefers, `preferences` what else they set in it, `profile` the folder
 * of a profile that outlives the browser, `webAssembly` whether it runs that, `host` another name of this machine's. WebKit's driver knows
 * none.
 */
export function launch(name, options = {}) {
  return (BROWSERS[name] ?? unknown)(options);
}

const BROWSERS = {
  async chromium({ scheme = "light", preferences = {}, profile, host, webAssembly = hasWebAssembly }) {
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
    if (host) options.addArguments(`--host-resolver-rules=MAP ${host} 127.0.0.1`);
    if (!webAssembly) options.addArguments("--js-flags=--jitless");
    options.setUserPreferences(preferences);
    options.setChromeBinaryPath(process.env.CHROME_BIN ?? "/usr/bin/chromium");
    const service = new chrome.ServiceBuilder(process.env.CHROMEDRIVER ?? "/usr/bin/chromedriver");
    const driver = await new Builder().forBrowser("chrome").setChromeOptions(options).setChromeService(service).build();
    await prefer(driver, scheme);
    return driver;
  },
  firefox({ scheme = "light", preferences = {}, profile, host, webAssembly = hasWebAssembly }) {
    const options = new firefox.Options().addArguments("-headless");
    if (profile) options.addArguments("-profile", profile);
    if (host) options.setPreference("network.dns.localDomains", host);
    if (!webAssembly) options.setPreference("javascript.options.wasm", false);
    options.setPreference("layout.css.prefers-color-scheme.content-override", scheme === "dark" ? 0 : 1);
    for (const [name, value] of Object.entries(preferences)) options.setPreference(name, value);
    options.setBinary(process.env.FIREFOX_BIN ?? "/usr/bin/firefox-esr");
    const service = new firefox.ServiceBuilder(process.env.GECKODRIVER ?? ".tools/bin/geckodriver");
    // For what only the browser's own pages can do: forget everything, and what whoever brings a profile sets.
    service.addArguments("--allow-system-access");
    return new Builder().forBrowser("firefox").setFirefoxOptions(options).setFirefoxService(service).build();
  },
  webkit({ scheme, webAssembly = hasWebAssembly }) {
    return launchWebKit({ scheme, webAssembly });
  },
};

/** Sets the colours that the person prefers, in the tab that Chromium's driver is at. */
export function prefer(driver, scheme) {
  return driver.sendDevToolsCommand("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: scheme }] });
}

function unknown() {
  throw new Error(`BROWSER is ${name}; accepted: ${Object.keys(BROWSERS).join(", ")}`);
}
