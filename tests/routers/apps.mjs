// The applications: how each is built, and what of the walk is different there. `loads`: every navigation is a load. `anew`: each
// navigation makes the page's heading anew, or takes the mark from it; `doubles`: a link to the page that is shown puts it into the
// history once more.

const vite = ["vite/bin/vite.js", "build"];

export const APPS = {
  "React Router 7": { folder: "react", build: vite, out: "dist" },
  "Vue Router 4, history": { folder: "vue", build: [...vite, "--outDir", "dist"], out: "dist" },
  "Vue Router 4, hash": { folder: "vue", build: [...vite, "--outDir", "hash"], out: "hash", env: { VITE_HASH: "1" }, hash: true },
  "SvelteKit 2": { folder: "svelte", build: vite, out: "build", anew: true },
  "Next 16, app router": { folder: "next", build: ["next/dist/bin/next", "build"], out: "out" },
  "Astro 5, view transitions": { folder: "astro", build: ["astro/astro.js", "build"], out: "dist" },
  "Turbo 8": { script: "@hotwired/turbo/dist/turbo.es2017-umd.js", anew: true },
  "htmx 2, boosted": { script: "htmx.org/dist/htmx.min.js", anew: true, doubles: true },
  "pages, no router": { loads: true, anew: true },
};
