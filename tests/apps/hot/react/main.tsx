import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Shop } from "./Shop";

createRoot(document.getElementById("app")!).render(
  <StrictMode>
    <Shop />
  </StrictMode>,
);
