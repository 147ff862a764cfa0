import { Page } from "../parts/Page.jsx";

export default function Home() {
  return <Page name="Home" />;
}
