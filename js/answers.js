// What the visitor, and what the site's source of tokens, answered.

/** Whether it is an answer of the visitor's, a word or a list, and not who knows it. */
export const isAnswer = (given) => Array.isArray(given) || /^(unknown|granted|denied)$/.test(given);

/** Whether a source of tokens says that nobody is signed in. */
export function isNobody(answer) {
  const { token = answer } = Object(answer?.data ?? answer);
  return !token;
}
