/**
 * A text of a product's markup as people read it: entities decoded, also where they were encoded twice, tags taken out, and one blank
 * between two words. A table, as a page may let no text be parsed as HTML.
 */
export const plain = (text) => decoded(decoded(text)).replace(/<\/?[a-z][^>]*>/gi, " ").replace(/\s+/g, " ").trim();

const decoded = (text) =>
  text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w)(acute|grave|circ|uml|tilde|cedil|ring)|(\w+));/gi, (entity, number, hexadecimal, letter, accent, name) => {
    const code = number || parseInt(hexadecimal, 16);
    if (code) return code > 31 && code < 0xd800 ? String.fromCharCode(code) : entity;
    return letter ? (letter + ACCENTS[accent.toLowerCase()]).normalize() : (NAMED[name] ?? entity);
  });

const ACCENTS = { acute: "\u0301", grave: "\u0300", circ: "\u0302", uml: "\u0308", tilde: "\u0303", cedil: "\u0327", ring: "\u030a" };

const NAMED = {
  __proto__: null,
  ...{ amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " ", ndash: "–", mdash: "—", lsquo: "‘", rsquo: "’", ldquo: "“" },
  ...{ rdquo: "”", hellip: "…", reg: "®", copy: "©", trade: "™", deg: "°", times: "×", szlig: "ß", aelig: "æ", oslash: "ø" },
};
