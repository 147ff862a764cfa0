// What Shopify does with a custom pixel: it runs in a frame that may run scripts and submit forms, and has no origin.
window.told = [];
addEventListener("message", ({ data }) => window.told.push(data));
addEventListener("DOMContentLoaded", () => {
  const frame = document.createElement("iframe");
  frame.sandbox = "allow-scripts allow-forms";
  frame.src = `pixel.html${location.search}`;
  document.body.append(frame);
});
