// The settings that a script tag says, as the tag itself reads them.

/** What the `data-` attributes say, by the names of `createTracker`'s settings; JSON that is none is `wrong`. */
export function given(attributes, wrong) {
  const settings = {};
  for (const [attribute, value] of Object.entries(attributes)) {
    if (!attribute.startsWith("data-")) continue;
    const name = attribute.slice(5).replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());
    try {
      settings[name] = /^[[{]/.test(value) ? JSON.parse(value) : value;
    } catch {
      // What it says of the error quotes the text, which may be a signature.
      wrong.push({ what: `\`${attribute}\` is no JSON.`, mend: "write it as JSON, with double quotes within and single quotes around." });
    }
  }
  return settings;
}

/** Whether an endpoint says by which scheme it is reached: its own, or that of the page whose path it is. */
export const hasScheme = (endpoint) => /^(https?:\/\/|\/(?!\/))/i.test(endpoint);

/** The attribute that a setting has on the tag. */
export const attribute = (setting) => `data-${setting.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
