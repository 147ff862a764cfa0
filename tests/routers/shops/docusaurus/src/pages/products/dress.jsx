import { Page } from "../../parts/Page.jsx";

export default function Dress() {
  return <Page name="Linen wrap dress" />;
}
