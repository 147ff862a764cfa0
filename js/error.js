/** What is wrong with a setting or a call: which field, what was given, what is accepted. */
export class OmneoError extends Error {
  name = "OmneoError";

  constructor(code, mistake, options) {
    super(mistake.message, options);
    Object.assign(this, mistake, { code });
  }
}

/** Throws that a field is wrong, unless it is right. */
export function must(isRight, field, value, accepted, code = "invalid-settings") {
  if (isRight) return;
  const given = typeof value === "string" || Array.isArray(value) ? JSON.stringify(value) : String(value);
  const message = `\`${field}\` is ${value === undefined ? "missing" : given}; accepted: ${accepted}`;
  throw new OmneoError(code, { message, field, given, accepted });
}

/** What throws that a file could not be loaded, when it is told why. */
export const notLoaded = (field, given) => (cause) => {
  const what = `${given.url ?? given}`;
  const message = `What \`${field}\` names could not be loaded: ${what}`;
  throw new OmneoError("not-loaded", { message, field, given: what, accepted: "" }, { cause });
};
