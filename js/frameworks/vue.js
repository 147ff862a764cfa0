// Vue, and Nuxt.

import { toValue, watch } from "vue";
import { omneo, showProduct, start } from "../page-tracker.js";

export const createOmneo = (settings) => ({
  install(app) {
    app.onUnmount(start(settings));
  },
});

export const useOmneo = () => omneo;

export function useProductView(product) {
  const shown = () => JSON.stringify(toValue(product) ?? null);
  watch(shown, (text, _, ended) => ended(showProduct(JSON.parse(text))), { immediate: true });
}

export function useConsent(answer) {
  watch(() => toValue(answer), omneo.consent, { immediate: true, deep: true });
}
