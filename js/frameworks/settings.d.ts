import type { Settings, Tracker } from "../omneo-interactions.js";

/**
 * What the tracker starts with; docs/configuration.md lists every setting. The first ones hold. If they change, the console has one warning that
 * names the setting, but for two things: a new answer in `consent` counts at once, and of the functions `token` and `product` the
 * last one given is called.
 */
export type OmneoSettings = Omit<Settings, "load" | "token"> & (TokenFunction | TokenEndpoint);

interface TokenFunction {
  token: Settings["token"];
  tokenUrl?: never;
}

interface TokenEndpoint {
  token?: never;
  /** Where your site answers the token of who is signed in; a 401 where nobody is. Settings with it are plain data. */
  tokenUrl: string;
}

/** A product that is shown: by Omneo's ids, by your own numbers, or by its name. */
export type Product = NonNullable<Parameters<Tracker["productView"]>[0]>;
