// The script tag: reads its settings from `data-` attributes, loads the tracker once the site's own deferred scripts have run,
// and makes the calls that were queued meanwhile. Whatever goes wrong, the page goes on and the console has one warning.
//
// `data-token-url` is where the site answers a token; 401, 403, 404 and 204 say that nobody is signed in. Every other
// attribute is a setting of `createTracker`, objects as JSON: `data-capture='{"forms":false}'`; but for those of other tools.
(() => {
  // A page whose body a router swaps may carry the tag out again: one tracker a page.
  const stub = (window.omneo ??= (...given) => stub.q.push(given));
  if (stub.tag) return;
  stub.tag = true;
  stub.q ??= [];
  const { src, dataset, nonce } = /** @type {HTMLScriptElement} */ (document.currentScript);
  const { tokenUrl, ...attributes } = dataset;
  const warn = (error) => console.warn("omneo-interactions:", error);

  const token = async () => {
    const answer = await fetch(tokenUrl, { credentials: "same-origin", headers: { Accept: "application/json" } });
    if ([204, 401, 403, 404].includes(answer.status)) return null;
    if (answer.ok) return answer.json();
    throw answer.status;
  };

  // `import()` takes no hash; what was preloaded with one is what it gets. WebKit preloads whatever comes: there it takes the page's
  // own import map to know the hash.
  const preload = (href) =>
    new Promise((onload, failed) => {
      const onerror = () => failed(`${href} is missing, or of another build`);
      const link = { rel: "modulepreload", href, integrity: __SCRIPT_INTEGRITY__, nonce, onload, onerror };
      document.head.append(Object.assign(document.createElement("link"), link));
    });

  const start = async () => {
    const settings = { token };
    for (const [name, text] of Object.entries(attributes)) {
      if (!OTHERS.test(name)) settings[name] = /^[[{]/.test(text) ? JSON.parse(text) : text;
    }
    const { href } = new URL(__SCRIPT__, src);
    await preload(href);
    const { createTracker } = await import(href);
    const tracker = await createTracker(settings);
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

  // What Astro, Turbo, htmx, Next, Cloudflare, Cookiebot and OneTrust write onto scripts.
  const OTHERS = /^(astro|turbo|hx|nscript|cf|cookieconsent|ot[A-Z])/;

  let begun;
  const begin = () => (begun ??= start().catch(warn));
  // `readyState` is "interactive" both before the site's deferred scripts and after them; only the timing tells which. A browser
  // that hides its timing begins at `load`.
  const timing = /** @type {PerformanceNavigationTiming | undefined} */ (performance.getEntriesByType("navigation")[0]);
  if (document.readyState === "complete" || timing?.domContentLoadedEventStart) begin();
  else for (const event of ["DOMContentLoaded", "load"]) addEventListener(event, begin);
})();
