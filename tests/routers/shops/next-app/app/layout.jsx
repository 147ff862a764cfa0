import Link from "next/link";

export const metadata = { title: { default: "Acme", template: "%s – Acme" }, icons: { icon: "data:," } };

const LINKS = { home: "/", stores: "/stores", dress: "/products/dress", journal: "/journal", about: "/about" };

export default function Layout({ children }) {
  return (
    <html lang="en">
      <body>
        <nav>
          {Object.entries(LINKS).map(([id, to]) => (
            <Link key={id} id={id} href={to}>
              {id}
            </Link>
          ))}
        </nav>
        <main>{children}</main>
      </body>
    </html>
  );
}
