/** What an object itself has: what a page put onto the prototype of all objects is no setting. */
export const own = (value) => ({ __proto__: null, ...value });
