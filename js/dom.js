/** Makes an element of its name, attributes, properties and listeners, and children. Text goes in as text: nothing here becomes markup. */
export function make(name, attributes = {}, ...children) {
  // An element of the page may be called as the document's own method.
  const made = Document.prototype.createElement.call(document, name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(attribute, value);
    else if (value === true) made.toggleAttribute(attribute, true);
    else if (value !== false && value != null) made.setAttribute(attribute, value);
  }
  made.append(...children.flat().filter((child) => child != null && child !== false));
  return made;
}

/** The pieces of a text with the values in place of `{name}`: a value that is a node stays one. */
export function pieces(text, values = {}) {
  return text.split(/(\{\w+\})/).map((piece) => {
    const [, name] = /^\{(\w+)\}$/.exec(piece) ?? [];
    return name ? (values[name] ?? "") : piece;
  });
}
