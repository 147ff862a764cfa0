// The script tag: reads its settings from `data-` attributes, loads the tracker once the site's own deferred scripts have run,
// and makes the calls that were queued meanwhile. Whatever goes wrong, the page goes on and the console has one warning.
//
// `data-token-url` is where the site answers a token, see token.js. Every other attribute is a setting of `createTracker`, objects as
// JSON: `data-capture='{"forms":false}'`; but for those of other tools.
//
// Nobody but this very tag says where a token goes. An element hides the document's property that it has the name of, and is a global
// itself, so what the document says is read behind all names.
(() => {
  const own = (name) => Reflect.get(Document.prototype, name, document);
  const warn = (error) => console.warn("omneo-interactions:", error);
  // What Astro, Turbo, htmx, Next, Cloudflare, Cookiebot and OneTrust write onto scripts.
  const OTHERS = /^(astro|turbo|hx|nscript|cf|cookieconsent|ot[A-Z])/;

  const start = async () => {
    // A page whose body a router swaps may carry the tag out again: one tracker a page.
    const stub = typeof window.omneo === "function" ? window.omneo : (window.omneo = (...given) => stub.q.push(given));
    if (Object.hasOwn(stub, "tag")) return;
    stub.tag = true;
    stub.q ??= [];
    const script = /** @type {HTMLScriptElement | null} */ (own("currentScript"));
    if (!script) throw "The script tag must not be a module.";
    const { src, nonce } = script;
    const { tokenUrl, ...attributes } = /** @type {DOMStringMap} */ ({ __proto__: null, ...script.dataset });

    /** @type {RequestInit} */
    const request = { __proto__: null, credentials: "same-origin", cache: "no-store", redirect: "manual", headers: { Accept: "application/json" } };
    const token = () => fetch(tokenUrl, request);

    // `readyState` is "interactive" both before the site's deferred scripts and after them; only the timing tells which. A page
    // that hides its timing begins at `load`.
    const timing = /** @type {any} */ (performance?.getEntriesByType?.("navigation")[0]);
    if (own("readyState") !== "complete" && !timing?.domContentLoadedEventStart) {
      await new Promise((begin) => ["DOMContentLoaded", "load"].forEach((event) => addEventListener(event, begin)));
    }

    // Where the page is to be left out nothing is loaded, until there is an answer or a sign-out to heed.
    const isCalled = (name) => stub.q.some((call) => call[0] === name);
    while (isCalled("stop") && !isCalled("signOut") && !isCalled("consent")) {
      await new Promise((called) => (stub.q.push = (call) => called((stub.q = [...stub.q, call]))));
    }

    const settings = { __proto__: null, token };
    for (const [name, text] of Object.entries(attributes)) {
      if (!OTHERS.test(name)) settings[name] = /^[[{]/.test(text) ? JSON.parse(text) : text;
    }
    const href = /^[^?#]*\//.exec(src) + __SCRIPT__;
    // `import()` takes no hash; what was preloaded with one is what it gets. WebKit preloads whatever comes: there it takes the page's
    // own import map to know the hash.
    await new Promise((onload, failed) => {
      const onerror = () => failed(`${href} is missing, or of another build`);
      const link = { rel: "modulepreload", href, integrity: __SCRIPT_INTEGRITY__, nonce, onload, onerror };
      own("head").append(Object.assign(own("createElement").call(document, "link"), link));
    });
    const { createTracker } = await import(href);
    const tracker = await createTracker(settings, stub.q);
    const call = (method, ...given) => {
      try {
        return tracker[method](...given);
      } catch (error) {
        warn(error);
      }
    };
    call.tag = true;
    window.omneo = call;
    for (const given of stub.q) call(...given);
  };

  start().catch(warn);
})();
