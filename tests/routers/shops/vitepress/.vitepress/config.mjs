export default {
  title: "Acme",
  titleTemplate: ":title – Acme",
  cleanUrls: true,
  head: [["link", { rel: "icon", href: "data:," }]],
};
