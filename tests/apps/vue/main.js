import { createApp, h, watch } from "vue";
import { leave } from "../visit.js";
import Product from "./Product.vue";
import { omneo, useOmneo } from "./omneo.js";
import { settings } from "./settings.js";

const app = createApp({
  setup() {
    watch(useOmneo(), (tracker) => leave(tracker, () => app.unmount()), { flush: "post" });
    return () => h(Product, { id: 1001, name: "vue" });
  },
});

app.use(omneo, settings).mount("main");
