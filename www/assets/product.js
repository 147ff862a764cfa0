// A product page: choosing a size is an interest in that variant, which the markup alone cannot tell.
import { askForReview } from "./review.js";

const product = document.querySelector("[data-name]").dataset;
for (const size of document.querySelectorAll("input[name=size]")) {
  size.addEventListener("change", () => {
    const { productId, categoryId, name } = product;
    omneo("productView", { productId, categoryId, variantId: size.value, name });
  });
}
await askForReview(product);
