// Shops of five pages, each made with another framework, with titles set as its users set them: how each is built. `isShort`: it is part
// of `npm test`.

const vite = ["vite/bin/vite.js", "build"];
const next = ["next/dist/bin/next", "build"];

export const SHOPS = {
  "React Router": { package: "react-router", titles: "react-helmet-async", folder: "shops/react-router", build: vite, out: "dist", isShort: true },
  "Next, app router": { package: "next", titles: "metadata", folder: "shops/next-app", build: next, out: "out" },
  "Next, pages router": { package: "next", titles: "next/head", folder: "shops/next-pages", build: next, out: "out" },
  Vue: { package: "vue-router", titles: "Unhead's useHead", folder: "shops/vue", build: vite, out: "dist", isShort: true },
  Nuxt: {
    package: "nuxt",
    titles: "useHead",
    folder: "shops/nuxt",
    build: ["nuxt/bin/nuxt.mjs", "generate"],
    out: ".output/public",
    ownPackages: true,
    newerNode: true,
  },
  SvelteKit: { package: "@sveltejs/kit", titles: "svelte:head", folder: "shops/sveltekit", build: vite, out: "build" },
  Angular: {
    package: "@angular/router",
    titles: "TitleStrategy and Title",
    folder: "shops/angular",
    build: ["@angular/cli/bin/ng.js", "build"],
    out: "dist/browser",
    ownPackages: true,
    newerNode: true,
  },
  Solid: { package: "@solidjs/router", titles: "@solidjs/meta", folder: "shops/solid", build: vite, out: "dist", ownPackages: true },
  Ember: { package: "ember-source", titles: "ember-page-title", folder: "shops/ember", build: vite, out: "dist", ownPackages: true },
  Astro: { package: "astro", titles: "its layout's title", folder: "shops/astro", build: ["astro/astro.js", "build"], out: "dist" },
  Docusaurus: {
    package: "@docusaurus/core",
    titles: "its Layout's title",
    folder: "shops/docusaurus",
    build: ["@docusaurus/core/bin/docusaurus.mjs", "build"],
    out: "build",
    ownPackages: true,
  },
  VitePress: {
    package: "vitepress",
    titles: "the page's heading",
    folder: "shops/vitepress",
    build: ["vitepress/bin/vitepress.js", "build"],
    out: ".vitepress/dist",
    ownPackages: true,
  },
  TanStack: { package: "@tanstack/react-router", titles: "head", folder: "shops/tanstack", build: vite, out: "dist", isShort: true },
};
