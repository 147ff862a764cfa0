export const metadata = { title: "B" };

export default function Page() {
  return <h1>B</h1>;
}
