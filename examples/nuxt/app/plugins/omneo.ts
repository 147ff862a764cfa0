import { createOmneo } from "omneo-interactions/vue";

export default defineNuxtPlugin(({ vueApp }) => {
  vueApp.use(createOmneo({ tenant: "acme", tokenUrl: "/omneo/token" }));
});
