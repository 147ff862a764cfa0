// Shops of five pages, each made with another framework, with titles set as its users set them: how each is built. `isShort`: it is part
// of `npm test`. `between`: what is on the page while a title is fetched is a title of the app's own.

const vite = ["vite/bin/vite.js", "build"];
const next = ["next/dist/bin/next", "build"];

export const SHOPS = {
  "React Router": { package: "react-router", titles: "react-helmet-async", folder: "shops/react-router", build: vite, out: "dist", isShort: true },
  "Next, app router": { package: "next", titles: "metadata", folder: "shops/next-app", build: next, out: "out" },
  "Next, pages router": { package: "next", titles: "next/head", folder: "shops/next-pages", build: next, out: "out" },
  Vue: { package: "vue-router", titles: "Unhead's useHead", folder: "shops/vue", build: vite, out: "dist", isShort: true },
  TanStack: { package: "@tanstack/react-router", titles: "head", folder: "shops/tanstack", build: vite, out: "dist", isShort: true },
};
