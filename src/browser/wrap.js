// Methods of the page's that are followed.

/**
 * Puts ours in the place of a method until `signal` is aborted: one that calls `before(self)`, the method itself, as it is or as
 * another script wrapped it, and `after()`. To everybody else it is the same: `this`, arguments, return value and what is thrown
 * pass through, name, length and text of the function stay. What goes wrong here is not the page's concern.
 */
export function wrap(owner, name, signal, before, after) {
  /** @type {Function} */
  const method = owner[name];
  const attempt = (act, self) => {
    try {
      if (!signal.aborted) act?.(self);
    } catch (error) {
      reportError(error);
    }
  };
  const ours = new Proxy(method, {
    apply(_, self, given) {
      attempt(before, self);
      const result = Reflect.apply(method, self, given);
      attempt(after);
      return result;
    },
    get: (_, key) => (key === "toString" ? () => method.toString() : method[key]),
  });
  put(owner, name, ours);
  // Another script may have wrapped ours since; then ours stays in its place and is silent.
  signal.addEventListener("abort", () => owner[name] === ours && put(owner, name, method));
}

/** Sets a property also where the prototype is frozen; where the owner itself is, everything stays as it was. */
export const put = (owner, name, value) =>
  Reflect.defineProperty(owner, name, { __proto__: null, value, writable: true, enumerable: true, configurable: true });
