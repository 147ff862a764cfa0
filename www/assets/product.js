// A product page: choosing a size is an interest in that variant, which the markup alone cannot tell.
for (const size of document.querySelectorAll("input[name=size]")) {
  size.addEventListener("change", () => {
    const { productId, categoryId, name } = document.querySelector("[data-name]").dataset;
    omneo("productView", { productId, categoryId, variantId: size.value, name });
  });
}
