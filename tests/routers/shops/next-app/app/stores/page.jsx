"use client";

import { useEffect, useState } from "react";

// A client component has no `metadata`: until the answer is here the layout's title stands.
export default function Page() {
  const [stores, arrive] = useState();
  useEffect(() => void fetch("/slow").then(async (answer) => arrive(await answer.text())), []);
  useEffect(() => {
    if (stores) document.title = "Stores – Acme";
  }, [stores]);
  return <h1>Stores</h1>;
}
