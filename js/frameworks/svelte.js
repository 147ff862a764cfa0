// Svelte, and SvelteKit.

import { onDestroy } from "svelte";
import { omneo, showProduct, start } from "../page-tracker.js";

export const startOmneo = (settings) => onDestroy(start(typeof settings === "function" ? settings() : settings));

export const useOmneo = () => omneo;

export { showProduct };
