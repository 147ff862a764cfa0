import { ProductView } from "omneo-interactions/react";

export const metadata = { title: "Linen wrap dress" };

export default function Page() {
  return (
    <main>
      <ProductView productId={1001} name="Linen wrap dress" />
      <h1>Linen wrap dress</h1>
    </main>
  );
}
