export default {
  title: "Acme",
  titleTemplate: ":title – Acme",
  cleanUrls: true,
  markdown: { anchor: { permalink: false } },
  head: [["link", { rel: "icon", href: "data:," }]],
};
