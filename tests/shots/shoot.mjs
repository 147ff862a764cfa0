// A picture of each state of the demo, at a width and in the colours that a visitor prefers.

import { ADA } from "../e2e/sandbox.mjs";
import { STATES } from "./states.mjs";

export const WIDTHS = [390, 1280];
export const SCHEMES = ["light", "dark"];

/** What is on Ada's profile before anybody comes. */
const RECORDS = [
  { name: "Viewed product: Linen wrap dress", interacted_at: "2026-03-03T10:00:00Z", product_id: 1001 },
  { name: "Viewed page: Lookbook", interacted_at: "2026-03-03T09:58:00Z" },
  { name: "Submitted form: newsletter", action: "disclose", interacted_at: "2026-03-02T17:20:00Z", meta: { form: "newsletter" } },
  { name: "Parcel was late", action: "service", channel: "support", signal: -1, interacted_at: "2026-02-27T09:00:00Z" },
  { name: "Parcel replaced", action: "service", channel: "support", signal: 1, interacted_at: "2026-02-28T11:30:00Z" },
];

export async function seed(sandbox) {
  for (const record of RECORDS) {
    const whole = { action: "view", channel: "website", signal: 0, namespace: "web-engagement", ...record };
    const { status, body } = await sandbox.call("POST", `/api/v3/profiles/${ADA}/interactions`, whole);
    if (status !== 201) throw new Error(JSON.stringify(body));
  }
}

/** Each state in turn, as a visitor who comes for the first time: `{name, picture, wide}`, the picture as a PNG. */
export async function* shoot(browser, sandbox, width, colorScheme) {
  for (const [name, show] of Object.entries(STATES)) {
    const context = await browser.newContext({ viewport: { width, height: 844 }, colorScheme, reducedMotion: "reduce" });
    try {
      const page = await context.newPage();
      await show(page, sandbox);
      const wide = await page.evaluate("document.documentElement.scrollWidth");
      yield { name, wide, picture: await page.screenshot({ fullPage: true }) };
    } catch (error) {
      throw new Error(`${name}, ${width} pixels, ${colorScheme}: ${error.message}`, { cause: error });
    } finally {
      await context.close();
    }
  }
}

/** How many colours a picture has that cover at least a thousandth of it, as a person tells colours apart; `page` is any page. */
export function colours(page, picture) {
  return page.evaluate(async (png) => {
    const bytes = Uint8Array.from(atob(png), (character) => character.charCodeAt(0));
    const bitmap = await globalThis.createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const context = new globalThis.OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
    context.drawImage(bitmap, 0, 0);
    const counts = new Map();
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    for (let at = 0; at < data.length; at += 4) {
      const colour = (data[at] >> 4 << 8) | (data[at + 1] >> 4 << 4) | data[at + 2] >> 4;
      counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
    return [...counts.values()].filter((count) => count * 4_000 >= data.length).length;
  }, picture.toString("base64"));
}
