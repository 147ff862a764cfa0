import { Page } from "../parts/page.jsx";

export default function Home() {
  return <Page name="Home" />;
}
