// The type of each `omneo-interactions/forms/*`.

/**
 * Follows an embedded form until `signal` is aborted: `submitted` is told which one was submitted. Answers a selector of the
 * forms that it speaks for, whose own events then do not count.
 */
declare const embed: (submitted: (form: string, name?: string) => void, signal: AbortSignal) => string | void;
export default embed;
