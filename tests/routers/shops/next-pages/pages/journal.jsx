import { Page } from "../parts/page.jsx";

export default function Journal() {
  return <Page name="Journal" />;
}
