/**
 * What an object itself has: what a page put onto the prototype of all objects is no setting.
 *
 * @returns {any}
 */
export const own = (value = {}) => ({ __proto__: null, ...value });
