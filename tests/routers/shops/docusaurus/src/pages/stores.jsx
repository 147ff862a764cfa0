import { useEffect, useState } from "react";
import { Page } from "../parts/Page.jsx";

export default function Stores() {
  const [stores, arrive] = useState();
  useEffect(() => void fetch("/slow").then(async (answer) => arrive(await answer.text())), []);
  return <Page name="Stores" title={stores ? "Stores" : ""} />;
}
