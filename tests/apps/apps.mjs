// The tools that sites are made with, each as its own documentation says and with nothing set up for us: `build` is the command,
// `out` the folder that it fills, `serves` that it is a server itself, `examples` what of `examples/` is copied into which folder of it,
// `given` that it is made for one receiver and one customer.

const webpack = "webpack-cli/bin/cli.js";
const next = "next/dist/bin/next";
const NEXT = { folder: "next", examples: { next: "." }, given: true };
const VITE_BUILDS = ["vite/bin/vite.js", "build"];
export const VITE_SERVES = ["vite/bin/vite.js", "--host", "127.0.0.1", "--port"];

export const APPS = {
  "Vite, built": { folder: "vite", tool: "vite", build: VITE_BUILDS, out: "dist" },
  "Vite, development": { folder: "vite", tool: "vite", serves: VITE_SERVES },
  "webpack 5": { folder: "webpack", tool: "webpack", build: [webpack, "--mode", "production", "--entry", "./main.js"], out: "dist", pages: ["index.html"] },
  "Parcel 2": { folder: "parcel", tool: "parcel", build: ["parcel/lib/bin.js", "build", "index.html", "--dist-dir", "dist", "--no-cache"], out: "dist" },
  "Rollup 4": {
    folder: "rollup",
    tool: "rollup",
    build: ["rollup/dist/bin/rollup", "main.js", "--plugin", "node-resolve", "--dir", "dist"],
    out: "dist",
    pages: ["index.html"],
  },
  esbuild: {
    folder: "esbuild",
    tool: "esbuild",
    build: ["esbuild/bin/esbuild", "main.js", "--bundle", "--minify", "--outdir=dist"],
    out: "dist",
    pages: ["index.html"],
  },
  "Next 16, Turbopack": { ...NEXT, tool: "next-turbopack", build: [next, "build"], serves: [next, "start", "--hostname", "127.0.0.1", "--port"] },
  "Next 16, webpack": { ...NEXT, tool: "next-webpack", build: [next, "build", "--webpack"], out: "out", env: { EXPORTED: "1" } },
  // In development, where StrictMode mounts everything twice.
  "React 19, Vite": { folder: "react", tool: "react", examples: { react: "." }, serves: VITE_SERVES },
  "Vue 3, Vite": { folder: "vue", tool: "vue", examples: { vue: "." }, build: VITE_BUILDS, out: "dist" },
  "Nuxt 4": { folder: "nuxt", tool: "nuxt", examples: { nuxt: "." }, build: ["nuxt/bin/nuxt.mjs", "build"], serves: ["../nuxt/.output/server/index.mjs"] },
  "Svelte 5, Vite": { folder: "svelte", tool: "svelte", examples: { svelte: "." }, build: VITE_BUILDS, out: "dist" },
  "Astro 5": { folder: "astro", tool: "astro", build: ["astro/astro.js", "build"], out: "dist" },
  "none: `<script type=module>`": { folder: "module", tool: "module", out: ".", pages: ["../visit.js"], dist: true },
  "none: `<script async>`": { folder: "script", tool: "script", out: ".", dist: true },
};
