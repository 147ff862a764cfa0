import { OmneoProvider } from "omneo-interactions/react";
import type { ReactNode } from "react";
import { settings } from "./settings";

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <OmneoProvider settings={settings}>{children}</OmneoProvider>
      </body>
    </html>
  );
}
