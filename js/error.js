/** What is wrong with a setting or a call: which field, what was given, what is accepted. */
export class OmneoError extends Error {
  constructor(code, { field, given, accepted, message }, options) {
    super(message, options);
    this.name = "OmneoError";
    this.code = code;
    this.field = field;
    this.given = given;
    this.accepted = accepted;
  }
}
