const NAMES = { dress: "Linen wrap dress" };

export const generateStaticParams = () => Object.keys(NAMES).map((id) => ({ id }));

export async function generateMetadata({ params }) {
  const { id } = await params;
  return { title: NAMES[id] };
}

export default async function Page({ params }) {
  const { id } = await params;
  return <h1>{NAMES[id]}</h1>;
}
