import { ProductView } from "./tracking.jsx";
import { Visit } from "./visit.jsx";

export const metadata = { title: "Next" };

export default function Page() {
  return (
    <main>
      <h1>Next</h1>
      <ProductView id={1001} name={process.env.NEXT_PUBLIC_TOOL} />
      <Visit />
    </main>
  );
}
