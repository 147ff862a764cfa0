// TanStack Router with titles by the routes' `head`: each page has its own, and one has it when its loader is done.

import { createRootRoute, createRoute, createRouter, HeadContent, Link, Outlet, RouterProvider } from "@tanstack/react-router";
import { createElement as h } from "react";
import { createRoot } from "react-dom/client";

const link = (id, to) => h(Link, { id, to }, id);

const root = createRootRoute({
  component: () => [
    h(HeadContent, { key: "head" }),
    h(
      "nav",
      { key: "nav" },
      link("home", "/"),
      link("stores", "/stores"),
      link("dress", "/products/dress"),
      link("journal", "/journal"),
      link("about", "/about"),
    ),
    h("main", { key: "main" }, h(Outlet)),
  ],
});

const route = (path, name, more) =>
  createRoute({
    getParentRoute: () => root,
    path,
    head: () => ({ meta: [{ title: `${name} – Acme` }] }),
    component: () => h("h1", {}, name),
    ...more,
  });

const product = createRoute({
  getParentRoute: () => root,
  path: "/products/$id",
  loader: ({ params }) => ({ dress: "Linen wrap dress" })[params.id],
  head: ({ loaderData }) => ({ meta: [{ title: `${loaderData} – Acme` }] }),
  component: () => h("h1", {}, product.useLoaderData()),
});

const routeTree = root.addChildren([
  route("/", "Home"),
  // The address changes at once, the page when the loader is done.
  route("/stores", "Stores", { loader: async () => (await fetch("/slow")).text() }),
  product,
  route("/journal", "Journal"),
  route("/about", "About us"),
]);
createRoot(document.getElementById("app")).render(h(RouterProvider, { router: createRouter({ routeTree }) }));
