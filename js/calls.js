/** What a site can call, by name. */
export const CALLS = ["pageView", "productView", "login", "formSubmission", "clienteling", "record", "explain", "consent", "signOut", "flush", "on", "inspect", "stop"];
