/** What ends the command with a sentence: `code` is 1 where something is to mend, 2 where it could not be looked at. */
export class Failure extends Error {
  constructor(message, code = 2) {
    super(message);
    this.code = code;
  }
}
