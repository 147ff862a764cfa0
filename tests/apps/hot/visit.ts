import type { Tracker } from "omneo-interactions";

declare global {
  interface Window {
    /** What the console was told. */
    said: string[];
    /** Which customer number each request for a token was made for. */
    asked: number[];
    tracker: Tracker;
  }
}

const { endpoint = "", token = null } = Object.fromEntries(new URLSearchParams(location.search));

window.asked = [];

/** Settings whose token is asked for a customer that the app's state has. */
export const settingsFor = (customer: number) => ({
  endpoint,
  consent: "granted" as const,
  token() {
    window.asked.push(customer);
    return token;
  },
});
