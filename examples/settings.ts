/** What the tracker starts with; README.md lists every setting. */
export const settings = { tenant: "acme", tokenUrl: "/omneo/token" };
