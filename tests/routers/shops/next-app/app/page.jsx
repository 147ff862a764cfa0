// A template is for the layouts and pages below, and not for the page beside it.
export const metadata = { title: { absolute: "Home – Acme" } };

export default function Page() {
  return <h1>Home</h1>;
}
