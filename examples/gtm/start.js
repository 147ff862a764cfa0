// Tag Manager loads a script by its address alone, without `data-` attributes: the settings are in this file of your own site.
(() => {
  if (typeof window.omneo !== "function") {
    window.omneo = function () {
      (window.omneo.q ??= []).push(arguments);
    };
  }
  const script = document.createElement("script");
  script.src = "/omneo/snippet.js";
  Object.assign(script.dataset, { tenant: "acme", tokenUrl: "/omneo/token", consent: "google" });
  document.head.append(script);
})();
