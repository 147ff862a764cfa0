import { ProductView } from "../product-view.jsx";

export default function Page() {
  return (
    <main>
      <h1>Next</h1>
      <ProductView productId={1001} name={process.env.NEXT_PUBLIC_TOOL} />
    </main>
  );
}
