import { Content } from "vitepress";
import { h } from "vue";

const LINKS = { home: "/", stores: "/stores", dress: "/products/dress", journal: "/journal", about: "/about" };

const Layout = () => [h("nav", Object.entries(LINKS).map(([id, href]) => h("a", { id, href }, id))), h("main", h(Content))];

export default { Layout };
