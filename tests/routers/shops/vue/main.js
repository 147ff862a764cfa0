// Vue Router with titles by Unhead's `useHead`: each page has its own, and one has it when the server has answered.

import { useHead } from "@unhead/vue";
import { createHead } from "@unhead/vue/client";
import { createApp, h, onMounted, ref } from "vue";
import { createRouter, createWebHistory, RouterLink, RouterView, useRoute } from "vue-router";

const page = (name) => ({
  setup() {
    useHead({ title: name });
    return () => h("h1", name);
  },
});

const Stores = {
  setup() {
    const title = ref();
    useHead({ title });
    onMounted(async () => (title.value = await fetch("/slow").then(() => "Stores")));
    return () => h("h1", "Stores");
  },
};

const Product = {
  setup() {
    const { params } = useRoute();
    const name = { dress: "Linen wrap dress" }[params.id];
    useHead({ title: name });
    return () => h("h1", name);
  },
};

const link = (id, to) => h(RouterLink, { id, to }, () => id);

const Frame = {
  setup() {
    useHead({ titleTemplate: (title) => (title ? `${title} – Acme` : null) });
    return () => [
      h("nav", [link("home", "/"), link("stores", "/stores"), link("dress", "/products/dress"), link("journal", "/journal"), link("about", "/about")]),
      h("main", h(RouterView)),
    ];
  },
};

const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: "/", component: page("Home") },
    { path: "/stores", component: Stores },
    { path: "/products/:id", component: Product },
    { path: "/journal", component: page("Journal") },
    { path: "/about", component: page("About us") },
  ],
});
createApp(Frame).use(createHead()).use(router).mount("#app");
