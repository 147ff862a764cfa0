// What is printed ends in logs and in chats.

/** The text without what may be a secret (tokens, and the queries of addresses), and without what a terminal would obey. */
export const shown = (text) =>
  text
    .replace(/\?[^\s`"']+/g, "?…")
    .replace(/eyJ[\w.-]{8,}|\b\d+\|\w{8,}/g, "…")
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, "");
