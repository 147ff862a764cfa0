// The script tag: reads its settings from its `data-` attributes, and starts once the site's own deferred scripts have run. Whatever
// goes wrong, the page goes on and the console has one warning.
//
// `data-token-url` is where the site answers a token. Every other attribute is a setting of `createTracker`, objects as JSON:
// `data-capture='{"forms":false}'`.
//
// Nobody but this very tag says where a token goes. An element hides the document's property that it has the name of, and is a global
// itself, so what the document says is read behind all names.

import { start, warn } from "./start.js";
import { askEndpoint } from "./token-endpoint.js";
import { listen, ofDocument } from "./watch.js";

// A module does not know its own tag, which is a warning.
const script = /** @type {HTMLScriptElement} */ (ofDocument("currentScript"));
const former = Object(typeof window.omneo === "function" && window.omneo);

try {
  // A page whose body a router swaps may carry the tag out again: one start a page, and perhaps another word of the server's.
  if (Object.hasOwn(former, "tag")) former("hint", script.dataset.signedIn);
  else run(/[^?#]*\//.exec(script.src));
} catch (error) {
  warn(error);
}

function run(base) {
  /** @type {Record<string, any>} */
  const settings = { __proto__: null, ...script.dataset };
  for (const name in settings) {
    try {
      if (/^[[{]/.test(settings[name])) settings[name] = JSON.parse(settings[name]);
    } catch {
      // Whether it is a setting, the tracker says.
    }
  }

  // `true`: it has another source of tokens, which the tracker asks.
  const ask = async () => !settings.tokenUrl || askEndpoint(settings.tokenUrl);

  const load = () => {
    const href = base + __SCRIPT__;
    // `import()` takes no hash; what is preloaded with one is what it gets. WebKit preloads whatever comes: there it takes the page's
    // own import map to know the hash.
    const link = ofDocument("createElement").call(document, "link");
    ofDocument("head").append(Object.assign(link, { rel: "modulepreload", href, integrity: __SCRIPT_INTEGRITY__, nonce: script.nonce }));
    return Promise.all([import(href), window.WebAssembly && fetch(base + __MODULE__, { __proto__: null, integrity: __MODULE_INTEGRITY__ })]);
  };

  const file = (path, ...given) => import(base + path + __JS__).then((loaded) => loaded.default(...given)).catch(warn);

  /** @type {any} */
  const [call, begin] = start(settings, ask, load, file);
  call.tag = true;
  window.omneo = call;
  for (const given of former.q ?? []) call(...given);

  // `readyState` is "interactive" both before the site's deferred scripts and after them; only the timing tells which. A page
  // that hides its timing begins at `load`.
  if (ofDocument("readyState") === "complete" || performance.timing?.domContentLoadedEventStart) begin();
  for (const event of ["DOMContentLoaded", "load", "prerenderingchange"]) listen(window, event, begin);
}
