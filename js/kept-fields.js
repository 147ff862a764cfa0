// What a policy that keeps fields of forms needs besides: what a person sees of a field, and the words that tell what it is.

export { see } from "./seen.js";
export { default as words } from "../src/privacy/field-words.txt";
