"use client";
// React, and what is made with it: Next, Remix, Gatsby.

import { useEffect, useInsertionEffect } from "react";
import { omneo, showProduct, start } from "../page-tracker.js";

// Effects of this kind come before all others, those of the children too, and StrictMode does not run them twice.
export function OmneoProvider({ settings, children }) {
  useInsertionEffect(() => start(settings));
  return children;
}

export const useOmneo = () => omneo;

export const useProductView = (product) => useData(product, showProduct);

export function ProductView(product) {
  useProductView(product);
  return null;
}

export const useConsent = (answer) => useData(answer, (given) => void omneo.consent(given));

// Runs where the data is other data, and not where it is the same in another object.
function useData(data, effect) {
  const text = JSON.stringify(data ?? null);
  useEffect(() => effect(JSON.parse(text)), [text]);
}
