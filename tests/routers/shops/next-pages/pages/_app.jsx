import Link from "next/link";

const LINKS = { home: "/", stores: "/stores", dress: "/products/dress", journal: "/journal", about: "/about" };

export default function App({ Component, pageProps }) {
  return (
    <>
      <nav>
        {Object.entries(LINKS).map(([id, to]) => (
          <Link key={id} id={id} href={to}>
            {id}
          </Link>
        ))}
      </nav>
      <main>
        <Component {...pageProps} />
      </main>
    </>
  );
}
