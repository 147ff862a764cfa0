// In the place of examples/settings.ts.
export const settings = { endpoint: process.env.NEXT_PUBLIC_ENDPOINT, tokenUrl: "/omneo/token", consent: "granted" as const };
