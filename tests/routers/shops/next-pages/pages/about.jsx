import { Page } from "../parts/page.jsx";

export default function About() {
  return <Page name="About us" />;
}
