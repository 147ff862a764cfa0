import { Page } from "../../parts/page.jsx";

const NAMES = { dress: "Linen wrap dress" };

export const getStaticPaths = () => ({ paths: Object.keys(NAMES).map((id) => ({ params: { id } })), fallback: false });

export const getStaticProps = ({ params: { id } }) => ({ props: { name: NAMES[id] } });

export default Page;
