import { Page } from "../parts/Page.jsx";

export default function Journal() {
  return <Page name="Journal" />;
}
