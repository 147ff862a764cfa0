export default defineNuxtConfig({
  compatibilityDate: "2026-01-01",
  hooks: {
    // Else Nuxt has every visitor fetch ahead what only those need who are recorded.
    "build:manifest"(manifest) {
      for (const [path, file] of Object.entries(manifest)) if (path.includes("omneo-interactions")) file.prefetch = false;
    },
  },
});
