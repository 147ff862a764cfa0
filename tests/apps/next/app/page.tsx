import { ProductView } from "omneo-interactions/react";
import { Visit } from "./visit";

export const metadata = { title: "Next" };

export default function Page() {
  return (
    <main>
      <h1>Next</h1>
      <ProductView productId={1001} name={process.env.NEXT_PUBLIC_TOOL ?? ""} />
      <Visit />
    </main>
  );
}
