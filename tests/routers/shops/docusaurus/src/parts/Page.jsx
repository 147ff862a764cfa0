import Link from "@docusaurus/Link";
import Layout from "@theme/Layout";

const LINKS = { home: "/", stores: "/stores", dress: "/products/dress", journal: "/journal", about: "/about" };

export function Page({ name, title = name }) {
  return (
    <Layout title={title} noFooter>
      <nav>
        {Object.entries(LINKS).map(([id, to]) => (
          <Link key={id} id={id} to={to}>
            {id}
          </Link>
        ))}
      </nav>
      <main>
        <h1>{name}</h1>
      </main>
    </Layout>
  );
}
