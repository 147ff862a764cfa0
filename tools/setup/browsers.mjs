// The browsers that the tests drive, each with its driver.

import { Failure, capture, doing, done, firstOf, isExecutable, which } from "../process.mjs";
import { apt, canInstall } from "./apt.mjs";
import { findCrate, installCrate } from "./crate.mjs";

const GECKODRIVER = "0.37.1";
const ELSEWHERE = "install it from https://github.com/mozilla/geckodriver/releases.";

const PROGRAMS = [
  {
    variable: "CHROME_BIN",
    what: "Chromium or Chrome",
    find: () => firstOf(which("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"), mac("Google Chrome")),
    debian: "chromium",
    elsewhere: "from https://www.google.com/chrome/",
  },
  {
    variable: "CHROMEDRIVER",
    what: "chromedriver",
    find: () => which("chromedriver"),
    debian: "chromium-driver",
    elsewhere: "of the browser's own version from https://googlechromelabs.github.io/chrome-for-testing/",
  },
  {
    variable: "FIREFOX_BIN",
    what: "Firefox",
    find: () => firstOf(which("firefox-esr", "firefox"), mac("firefox", "Firefox")),
    debian: "firefox-esr",
    elsewhere: "from https://www.mozilla.org/firefox/",
  },
  {
    variable: "GECKODRIVER",
    what: "geckodriver",
    find: () => findCrate("geckodriver"),
    crate: GECKODRIVER,
  },
];

// WebKitGTK, which is Safari's engine on Linux, and the screen that it shows its windows on.
const WEBKIT = [
  { variable: "WEBKITDRIVER", what: "WebKitWebDriver", find: () => which("WebKitWebDriver"), debian: "webkit2gtk-driver" },
  { variable: "XVFB", what: "Xvfb", find: () => which("Xvfb"), debian: "xvfb" },
];

/**
 * Finds or installs all programs, and answers their paths by the names of the variables that can also set them. Those for WebKit
 * are left out where there are none to be had, as on macOS and Windows: `webkit` then says so.
 */
export async function browsers(host) {
  const missing = PROGRAMS.filter((program) => !given(program) && !program.find());
  const debian = missing.filter((program) => program.debian).map((program) => program.debian);
  if (debian.length > 0 && canInstall()) await apt(debian);
  if (missing.some((program) => program.crate)) await installCrate(host, "geckodriver", GECKODRIVER, ELSEWHERE);
  const paths = Object.fromEntries(PROGRAMS.map((program) => [program.variable, path(program)]));
  await agree(paths);
  return { ...paths, ...(await webkit()) };
}

async function webkit() {
  const missing = () => WEBKIT.filter((program) => !given(program) && !program.find());
  const debian = () => missing().map((program) => program.debian);
  if (missing().length > 0 && canInstall()) await apt(debian()).catch(({ message }) => doing(message));
  if (missing().length > 0) return { webkit: `WebKitGTK is not here: on Debian \`apt-get install ${debian().join(" ")}\`` };
  done("WebKitGTK");
  return Object.fromEntries(WEBKIT.map((program) => [program.variable, path(program)]));
}

function path(program) {
  const path = given(program) ?? program.find();
  if (path) return path;
  throw new Failure(
    `${program.what} is missing: install it (on Debian \`apt-get install ${program.debian}\`, else ${program.elsewhere}) ` +
      `or name its path in ${program.variable}.`,
  );
}

// A path that someone set on purpose and that leads nowhere is a mistake to tell, not to work around.
function given({ variable, what }) {
  const path = process.env[variable];
  if (!path) return undefined;
  if (!isExecutable(path)) throw new Failure(`${variable} is "${path}", which is no program; accepted: the path of ${what}.`);
  return path;
}

// chromedriver drives only the Chromium of its own major version, and says so less plainly.
async function agree(paths) {
  const [chromium, chromedriver, firefox, geckodriver] = await Promise.all(
    ["CHROME_BIN", "CHROMEDRIVER", "FIREFOX_BIN", "GECKODRIVER"].map((name) => version(paths[name])),
  );
  if (chromium.split(".")[0] !== chromedriver.split(".")[0]) {
    throw new Failure(`Chromium is ${chromium} and chromedriver ${chromedriver}: install them at the same version.`);
  }
  done(`Chromium ${chromium}, chromedriver ${chromedriver}`);
  done(`Firefox ${firefox}, geckodriver ${geckodriver}`);
}

async function version(path) {
  const { stdout, stderr } = await capture(path, ["--version"]);
  const version = stdout.match(/\d+(\.\d+)+/)?.[0];
  if (!version) throw new Failure(`\`${path} --version\` says no version: ${(stderr || stdout).trim()}`);
  return version;
}

const mac = (file, app = file) => `/Applications/${app}.app/Contents/MacOS/${file}`;
