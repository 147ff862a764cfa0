/** What the tracker starts with; docs/configuration.md lists every setting. */
export const settings = { tenant: "acme", tokenUrl: "/omneo/token" };
