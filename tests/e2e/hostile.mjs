// Pages that other scripts and other people's content have made a hard place: each kind as markup that stands before all else.

const clobbered = ["title", "hidden", "readyState", "head", "currentScript", "cookie", "createElement", "querySelector", "querySelectorAll", "addEventListener", "visibilityState", "prerendering"];

export const HOSTILE = {
  "no hostility": "",

  "globals of the page's own": `<script>
    var navigation = { isOpen: false }, URL = "/shop/", performance = {};
  </script>`,

  "elements that are called as what the document has": clobbered.map((name) => `<img name="${name}">`).join(""),

  "elements that are called as globals": ["omneo", "navigation", "q", "history", "location"].map((name) => `<form id="${name}"><input name="q"></form>`).join(""),

  "timers that hand nothing on": `<script>
    for (const name of ["setTimeout", "setInterval", "requestAnimationFrame"]) {
      const own = window[name];
      window[name] = function (act, ms) { return own(function () { act(); }, ms); };
    }
  </script>`,

  "a fetch that takes texts, and a history that is wrapped": `<script>
    const fetched = window.fetch;
    window.fetch = function (address, options) { return fetched(String(address), options); };
    for (const name of ["pushState", "replaceState"]) {
      const own = history[name];
      history[name] = function (state, title, address) { return own.call(history, state, title, address); };
    }
  </script>`,

  "toJSON on what everything is made of": `<script>
    for (const { prototype } of [Object, Array, String, Number, Function]) {
      Object.defineProperty(prototype, "toJSON", { value() { return "[" + typeof this + "]"; }, writable: true, configurable: true });
    }
  </script>`,

  "properties and setters on the prototype of all objects": `<script>
    for (const name of ["module", "token", "route", "once", "passive", "method", "body", "mode", "mistake", "error", "keep", "request", "signal"]) {
      Object.defineProperty(Object.prototype, name, { value: "evil", writable: true, configurable: true });
    }
    for (const name of ["endpoint", "consent", "answer", "effects", "capture", "forms", "Authorization"]) {
      Object.defineProperty(Object.prototype, name, { get: () => undefined, set() {}, configurable: true });
    }
  </script>`,

  "built-ins that are frozen": `<script>
    for (const one of [Object, Array, Function, String, Number, RegExp, Promise, Error, TypeError, Map, Set, Date, JSON, Reflect, History, Response]) {
      Object.freeze(one);
      if (one.prototype) Object.freeze(one.prototype);
    }
  </script>`,

  "cookies that are blocked": `<script>
    const blocked = () => { throw new DOMException("blocked", "SecurityError"); };
    for (const name of ["localStorage", "sessionStorage", "indexedDB"]) Object.defineProperty(window, name, { get: blocked });
    Object.defineProperty(document, "cookie", { get: blocked, set: blocked });
    Object.defineProperty(navigator, "locks", { value: { request: async () => blocked() } });
    window.BroadcastChannel = function () { blocked(); };
  </script>`,
};
