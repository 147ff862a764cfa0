// The script tag, made here because only the page's address says where records go.
const { endpoint, token } = Object.fromEntries(new URLSearchParams(location.search));
const script = document.createElement("script");
script.src = "omneo/snippet.js";
script.async = true;
Object.assign(script.dataset, { endpoint, tokenUrl: `data:application/json,{"token":"${token}"}`, consent: "granted" });
document.head.append(script);
