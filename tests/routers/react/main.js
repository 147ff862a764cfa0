// React Router with data routers: a loader, titles as React 19 hoists them, a redirect by a component.

import { createElement as h } from "react";
import { createRoot } from "react-dom/client";
import { createBrowserRouter, Link, Navigate, Outlet, RouterProvider } from "react-router";

const link = (id, to) => h(Link, { key: id, id, to }, id);

const page = (name) => ({ Component: () => [h("title", { key: "title" }, name), h("h1", { key: "name" }, name)] });

function submit(event) {
  event.preventDefault();
  console.info("submitted", new FormData(event.target).get("size"));
  document.getElementById("said").textContent = "Thanks";
}

function Frame() {
  return [
    h("nav", { key: "nav" }, link("home", "/"), link("a", "/a"), link("b", "/b"), link("old", "/old")),
    h("main", { key: "main" }, h(Outlet)),
    h("form", { key: "form", name: "size", onSubmit: submit }, h("input", { name: "size", defaultValue: "M" }), h("button", {}, "Send")),
    h("p", { key: "said", id: "said" }),
  ];
}

const router = createBrowserRouter([
  {
    path: "/",
    Component: Frame,
    children: [
      { index: true, ...page("Home") },
      // The title comes when the server has answered.
      { path: "a", loader: async () => (await fetch("/slow")).text(), ...page("A") },
      { path: "b", ...page("B") },
      { path: "old", Component: () => h(Navigate, { to: "/b", replace: true }) },
    ],
  },
]);
createRoot(document.getElementById("app")).render(h(RouterProvider, { router }));
