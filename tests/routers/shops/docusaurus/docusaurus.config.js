export default {
  title: "Acme",
  url: "https://acme.example",
  baseUrl: "/",
  titleDelimiter: "–",
  trailingSlash: false,
  onBrokenLinks: "throw",
  plugins: ["@docusaurus/plugin-content-pages"],
  themes: ["@docusaurus/theme-classic"],
  headTags: [{ tagName: "link", attributes: { rel: "icon", href: "data:," } }],
};
