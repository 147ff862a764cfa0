import { useOmneo } from "omneo-interactions/react";
import { StrictMode, useEffect } from "react";
import { createRoot } from "react-dom/client";
import { leave } from "../visit.js";
import { App, Product } from "./App";

const root = createRoot(document.querySelector("main"));
let isLeaving;

function Leaving() {
  const omneo = useOmneo();
  useEffect(() => {
    isLeaving ??= leave(omneo, () => root.unmount());
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
