// The settings that a script tag says, as the tag itself reads them.

/** What the `data-` attributes say, by the names of `createTracker`'s settings; what should be JSON and is none is left out. */
export const given = (attributes) => Object.fromEntries(read(attributes).filter(([, value]) => value !== BROKEN));

/** The names of those attributes that should be JSON and are none, as `given` has names. */
export const broken = (attributes) => read(attributes).filter(([, value]) => value === BROKEN).map(([name]) => name);

/** The `data-` attributes as a browser's `dataset` has them. */
export const dataset = (attributes) =>
  Object.fromEntries(
    Object.entries(attributes)
      .filter(([attribute]) => attribute.startsWith("data-"))
      .map(([attribute, value]) => [attribute.slice(5).replace(/-([a-z])/g, (_, letter) => letter.toUpperCase()), value]),
  );

const read = (attributes) => Object.entries(dataset(attributes)).map(([name, text]) => [name, valueOf(text)]);

function valueOf(text) {
  try {
    return /^[[{]/.test(text) ? JSON.parse(text) : text;
  } catch {
    // What it says of the error quotes the text, which may be a signature.
    return BROKEN;
  }
}

const BROKEN = Symbol("no JSON");

/** Whether an endpoint says by which scheme it is reached: its own, or that of the page whose path it is. */
export const hasScheme = (endpoint) => /^(https?:\/\/|\/(?!\/))/i.test(endpoint);
