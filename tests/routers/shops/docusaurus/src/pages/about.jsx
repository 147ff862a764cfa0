import { Page } from "../parts/Page.jsx";

export default function About() {
  return <Page name="About us" />;
}
