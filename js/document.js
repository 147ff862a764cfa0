const real = globalThis.document;

/** The page's document as the browser has it. An element hides the property of the document that it has the name of. */
export const document = new Proxy(real, {
  get(_, name) {
    const value = Reflect.get(Document.prototype, name, real);
    return typeof value === "function" ? value.bind(real) : value;
  },
});
