import type { ShopifyCustomer, TokenAnswer } from "./omneo-interactions.js";

/**
 * A token source for the customers of a Shopify theme, for `token` of the settings: `docs/shopify.md`. Throws a `TypeError` that names
 * a wrong option. What it answers rejects where the proxy refuses the signature or does not answer.
 */
export function shopify(customer: ShopifyCustomer): () => Promise<TokenAnswer>;
