// The same as plain lines in the console. It is handed what a page says behind a text of our own, so that nothing in it is a format.

import { heading, stepOf, verdictOf } from "./words.js";

export class Lines {
  write(entry, step) {
    const said = step ? `${stepOf(step)}: ${heading(entry)}` : [heading(entry), ...verdictOf(entry)].join(" · ");
    globalThis.console.info("omneo:", said);
  }
}
