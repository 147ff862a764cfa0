import { Tracking } from "./tracking.jsx";

export default function Layout({ children }) {
  return (
    <html lang="en">
      <body>
        <Tracking>{children}</Tracking>
      </body>
    </html>
  );
}
