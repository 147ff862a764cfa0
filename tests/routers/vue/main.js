// Vue Router, by history or by hash: titles set after the navigation, a redirect by a component once it is there.

import { createApp, h, nextTick, onMounted } from "vue";
import { createRouter, createWebHashHistory, createWebHistory, RouterLink, RouterView, useRouter } from "vue-router";

const page = (name) => ({ meta: { title: name }, component: { render: () => h("h1", name) } });

const Old = {
  setup() {
    const router = useRouter();
    onMounted(() => router.replace("/b"));
    return () => h("p", "This page has moved.");
  },
};

function submit(event) {
  event.preventDefault();
  console.info("submitted", new FormData(event.target).get("size"));
  document.getElementById("said").textContent = "Thanks";
}

const link = (id, to) => h(RouterLink, { id, to }, () => id);

const Frame = () => [
  h("nav", [link("home", "/"), link("a", "/a"), link("b", "/b"), link("old", "/old")]),
  h("main", h(RouterView)),
  h("form", { name: "size", onSubmit: submit }, [h("input", { name: "size", value: "M" }), h("button", "Send")]),
  h("p", { id: "said" }),
];

const router = createRouter({
  history: import.meta.env.VITE_HASH ? createWebHashHistory() : createWebHistory(),
  routes: [
    { path: "/", ...page("Home") },
    { path: "/a", ...page("A") },
    { path: "/b", ...page("B") },
    { path: "/old", component: Old },
  ],
});
router.afterEach(async ({ meta }) => {
  await nextTick();
  if (meta.title) document.title = meta.title;
});
createApp(Frame).use(router).mount("#app");
