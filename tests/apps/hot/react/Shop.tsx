import { OmneoProvider, useConsent, useOmneo, useProductView } from "omneo-interactions/react";
import { useEffect, useState } from "react";
import { settingsFor } from "../visit";

export function Shop() {
  const [customer, setCustomer] = useState(1);
  const [mounted, setMounted] = useState(1);
  const [consent, setConsent] = useState<"granted" | "denied">("granted");
  return (
    <OmneoProvider key={mounted} settings={{ ...settingsFor(customer), namespace: `shop-${customer}`, consent }}>
      <Page />
      <button onClick={() => setCustomer(customer + 1)}>Next customer</button>
      <button onClick={() => setMounted(mounted + 1)}>Mount again</button>
      <button onClick={() => setConsent("denied")}>Decline</button>
    </OmneoProvider>
  );
}

function Page() {
  const omneo = useOmneo();
  useProductView({ name: "Linen wrap dress", tags: ["sale"] });
  useConsent("granted");
  useEffect(() => {
    window.tracker = omneo;
  }, [omneo]);
  return (
    <>
      <h1>Shop of today</h1>
      <form name="newsletter" onSubmit={(event) => event.preventDefault()}>
        <button>Subscribe</button>
      </form>
      <button onClick={() => omneo.login({ method: "password" })}>Sign in</button>
    </>
  );
}
