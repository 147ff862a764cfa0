// In the place of examples/settings.ts: whoever opens the page says in its address where records go and with which token.
const { endpoint = "", token = null } = Object.fromEntries(new URLSearchParams(globalThis.location?.search));

export const settings = { endpoint, token: () => token, consent: "granted" as const };
