import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { useProductView } from "./use-product-view.jsx";

function Product() {
  useProductView({ productId: 1001, name: "react" });
  return createElement("h1", {}, "React");
}

createRoot(document.getElementById("app")).render(createElement(Product));
