import { OmneoProvider, useOmneo, useProductView } from "omneo-interactions/react";
import type { ReactNode } from "react";
import { settings } from "./settings";

export function App({ children }: { children: ReactNode }) {
  return <OmneoProvider settings={settings}>{children}</OmneoProvider>;
}

export function Ask() {
  const omneo = useOmneo();
  return <button onClick={() => omneo.consent("granted")}>Convenient: remember what I look at</button>;
}

export function Product({ id, name }: { id: number; name: string }) {
  useProductView({ productId: id, name });
  return <h1>{name}</h1>;
}
