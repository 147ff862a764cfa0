import { createOmneo } from "omneo-interactions/vue";
import { createApp } from "vue";
import App from "./App.vue";
import { settings } from "./settings";

createApp(App).use(createOmneo(settings)).mount("#app");
