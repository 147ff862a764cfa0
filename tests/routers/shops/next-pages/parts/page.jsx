import Head from "next/head";

export function Page({ name, title = name }) {
  return (
    <>
      <Head>{title && <title>{`${title} – Acme`}</title>}</Head>
      <h1>{name}</h1>
    </>
  );
}
