// React Router with titles by react-helmet-async: each page has its own, and one has it when the server has answered.

import { createElement as h, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { Helmet, HelmetProvider } from "react-helmet-async";
import { createBrowserRouter, Link, Outlet, RouterProvider, useParams } from "react-router";

const link = (id, to) => h(Link, { id, to }, id);

const page = (name, title = name) => [
  title && h(Helmet, { key: "title" }, h("title", {}, `${title} – Acme`)),
  h("h1", { key: "name" }, name),
];

function Stores() {
  const [stores, arrive] = useState();
  useEffect(() => void fetch("/slow").then(async (answer) => arrive(await answer.text())), []);
  return page("Stores", stores && "Stores");
}

function Product() {
  const { id } = useParams();
  return page({ dress: "Linen wrap dress" }[id]);
}

const Frame = () =>
  h(HelmetProvider, {}, [
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
  ]);

const router = createBrowserRouter([
  {
    Component: Frame,
    children: [
      { path: "/", Component: () => page("Home") },
      { path: "/stores", Component: Stores },
      { path: "/products/:id", Component: Product },
      { path: "/journal", Component: () => page("Journal") },
      { path: "/about", Component: () => page("About us") },
    ],
  },
]);
createRoot(document.getElementById("app")).render(h(RouterProvider, { router }));
