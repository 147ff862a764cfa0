"use client";

import { useEffect } from "react";
import { OmneoProvider, useOmneo } from "./omneo.jsx";
import { settings } from "./settings.js";

export function Tracking({ children }) {
  return <OmneoProvider settings={settings}>{children}</OmneoProvider>;
}

/** Put it on a product's page, which may stay a server component: `<ProductView id={product.id} name={product.name} />`. */
export function ProductView({ id, name }) {
  const omneo = useOmneo();
  useEffect(() => {
    omneo?.productView({ productId: id, name });
  }, [omneo, id, name]);
  return null;
}
