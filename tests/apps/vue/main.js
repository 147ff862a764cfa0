import { createApp } from "vue";
import Product from "./Product.vue";

createApp(Product, { product: { id: 1001, name: "vue" } }).mount("#app");
