import { useEffect } from "react";
import { OmneoProvider, useOmneo } from "./omneo.jsx";
import { settings } from "./settings.js";

export function App({ children }) {
  return <OmneoProvider settings={settings}>{children}</OmneoProvider>;
}

export function Product({ id, name }) {
  const omneo = useOmneo();
  useEffect(() => {
    omneo?.productView({ productId: id, name });
  }, [omneo, id, name]);
  return <h1>{name}</h1>;
}
