import { createOmneo } from "omneo-interactions/vue";
import { settings } from "../settings";

export default defineNuxtPlugin(({ vueApp }) => {
  vueApp.use(createOmneo(settings));
});
