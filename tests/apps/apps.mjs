// The tools that sites are made with, each as its own documentation says and with nothing set up for us: `build` is the command,
// `out` the folder that it fills, `serves` that it is a server itself, `docs` which files of docs/frameworks.md it is made of.

const webpack = "webpack-cli/bin/cli.js";
const next = "next/dist/bin/next";

const NEXT = ["omneo.js", "use-product-view.jsx", "product-view.jsx"];

export const APPS = {
  "Vite, built": { folder: "vite", tool: "vite", build: ["vite/bin/vite.js", "build"], out: "dist" },
  "Vite, development": { folder: "vite", tool: "vite", serves: ["vite/bin/vite.js", "--host", "127.0.0.1", "--port"] },
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
  "React, the hook": { folder: "react", tool: "react", build: ["vite/bin/vite.js", "build"], out: "dist", docs: ["omneo.js", "use-product-view.jsx"] },
  "Vue, the component": { folder: "vue", tool: "vue", build: ["vite/bin/vite.js", "build"], out: "dist", docs: ["omneo.js", "Product.vue"] },
  "Svelte, the component": { folder: "svelte", tool: "svelte", build: ["vite/bin/vite.js", "build"], out: "dist", docs: ["omneo.js", "Product.svelte"] },
  "Next 16, Turbopack": { folder: "next", tool: "next-turbopack", build: [next, "build"], out: "out", docs: NEXT },
  "Next 16, webpack": { folder: "next", tool: "next-webpack", build: [next, "build", "--webpack"], out: "out", docs: NEXT },
  "Astro 5": { folder: "astro", tool: "astro", build: ["astro/astro.js", "build"], out: "dist" },
  "none: `<script type=module>`": { folder: "module", tool: "module", out: ".", pages: ["../visit.js"], dist: true },
  "none: `<script async>`": { folder: "script", tool: "script", out: ".", dist: true },
};
