import { StrictMode, useEffect } from "react";
import { createRoot } from "react-dom/client";
import { leave } from "../visit.js";
import { App, Product } from "./App.jsx";
import { useOmneo } from "./omneo.jsx";

const root = createRoot(document.querySelector("main"));

function Leaving() {
  const omneo = useOmneo();
  useEffect(() => {
    if (omneo) leave(omneo, () => root.unmount());
  }, [omneo]);
}

root.render(
  <StrictMode>
    <App>
      <Product id={1001} name="react" />
      <Leaving />
    </App>
  </StrictMode>,
);
