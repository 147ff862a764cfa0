// What a report is made of, before it is Markdown or HTML. A block is `{ title, level }`, `{ text }`, `{ list }`, `{ head, rows }` or
// `{ lines }`, which somebody fills in by hand. What is said in it is a list of texts and of what the functions here make.

/** A sentence; what stands in the places of the template is text as well, whatever is in it. */
export const say = (strings, ...parts) =>
  strings
    .flatMap((string, at) => [string, parts[at] ?? []].flat())
    .map((part) => (typeof part === "object" ? part : `${part}`))
    .filter((part) => part !== "");

/** What is to be read letter by letter. */
export const code = (text) => ({ code: `${text}` });

/** What matters most. */
export const strong = (text) => ({ strong: `${text}` });

/** Somebody else's words, in whatever language and direction. */
export const quoted = (text) => ({ quoted: `${text}` });

/** These, as a sentence names them: "a, b or c". */
export const oneOf = (parts) => parts.flatMap((part, at) => [at === 0 ? "" : at === parts.length - 1 ? " or " : ", ", part].flat()).filter((part) => part !== "");

/**
 * Somebody else's text in one line, with what nobody sees of it shown: controls, and what turns the direction of a text. The joiners stay,
 * which some scripts are written with.
 */
export const visible = (text) =>
  text
    .replace(/\s+/gu, " ")
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/gu, (one) => (/[\u200c\u200d]/u.test(one) ? one : `⟨U+${one.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`));
