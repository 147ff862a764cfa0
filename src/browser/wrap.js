// Methods of the page's that are followed.

/**
 * Follows a method until `signal` is aborted: at each call `before(self)` comes first, then the method, as it is or as another script
 * wrapped it, then `after()`. To everybody else it is the same: `this`, arguments, return value and what is thrown pass through, name,
 * length and text of the function stay. What goes wrong here is not the page's concern.
 *
 * However many trackers follow a method, one function of ours stands in its place.
 */
export function wrap(owner, name, signal, before, after) {
  const { followers, giveBack } = OURS.get(owner[name]) ?? replace(owner, name);
  const follower = { before, after };
  followers.add(follower);
  signal.addEventListener("abort", () => followers.delete(follower) && giveBack());
}

/** The functions of ours that stand in a method's place. */
const OURS = new WeakMap();

function replace(owner, name) {
  /** @type {Function} */
  const method = owner[name];
  const followers = new Set();
  const tell = (when, self) => {
    for (const follower of followers) {
      try {
        follower[when]?.(self);
      } catch (error) {
        reportError(error);
      }
    }
  };
  const ours = new Proxy(method, {
    apply(_, self, given) {
      tell("before", self);
      const result = Reflect.apply(method, self, given);
      tell("after");
      return result;
    },
    get: (_, key) => (key === "toString" ? () => method.toString() : method[key]),
  });
  put(owner, name, ours);
  // Another script may have wrapped ours since; then ours stays in its place and is silent.
  const giveBack = () => followers.size === 0 && owner[name] === ours && put(owner, name, method);
  const followed = { followers, giveBack };
  OURS.set(ours, followed);
  return followed;
}

/** Sets a property also where the prototype is frozen; where the owner itself is, everything stays as it was. */
export const put = (owner, name, value) =>
  Reflect.defineProperty(owner, name, { __proto__: null, value, writable: true, enumerable: true, configurable: true });
