import { createOmneo } from "omneo-interactions/vue";
import { createApp } from "vue";
import { settingsFor } from "../visit";
import Shop from "./Shop.vue";
import { customer } from "./customer";

createApp(Shop)
  .use(createOmneo({ ...settingsFor(1), token: () => settingsFor(customer.value).token() }))
  .mount("#app");
