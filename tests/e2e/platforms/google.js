// Google Consent Mode v2: the entries of the data layer as Google's guide has a site write them.

import { banner, choice } from "./banner.js";

window.dataLayer = window.dataLayer || [];
function gtag() {
  dataLayer.push(arguments);
}
const STORAGES = ["ad_storage", "ad_user_data", "ad_personalization", "analytics_storage"];
const state = (word) => Object.fromEntries(STORAGES.map((storage) => [storage, word]));
const choose = (word) => (choice.set(word), gtag("consent", "update", state(word)));

gtag("consent", "default", { ...state("denied"), wait_for_update: 500 });
gtag("js", new Date());
if (choice.get()) gtag("consent", "update", state(choice.get()));
banner({ chosen: choice.get(), accept: () => choose("granted"), reject: () => choose("denied") });
