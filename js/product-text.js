/**
 * A text of a product's markup as people read it: entities decoded, also where they were encoded twice, tags taken out, and one blank
 * between two words.
 */
export const plain = (text) => decoded(decoded(text)).replace(/<\/?[a-z][^>]*>/gi, " ").replace(/\s+/g, " ").trim();

const decoded = (text) =>
  text.replace(/&(#?)(\w+);/g, (entity, isNumber, name) => {
    try {
      if (isNumber) return +`0${name}` > 31 ? String.fromCodePoint(+`0${name}`) : entity;
      // WebVTT has HTML's names, and is no sink of Trusted Types: a page may let no text be parsed as HTML.
      return new VTTCue(0, 0, entity).getCueAsHTML().textContent;
    } catch {
      return entity;
    }
  });
