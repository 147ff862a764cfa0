import Link from "next/link";
import { Size } from "./size.jsx";

export const metadata = { icons: { icon: "data:," } };

export default function Layout({ children }) {
  return (
    <html lang="en">
      <body>
        <nav>
          {["/", "/a", "/b", "/old"].map((to) => (
            <Link key={to} id={to.slice(1) || "home"} href={to}>
              {to}
            </Link>
          ))}
        </nav>
        <main>{children}</main>
        <Size />
      </body>
    </html>
  );
}
