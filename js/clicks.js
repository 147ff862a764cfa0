// What is clicked of all that has `data-omneo-interaction`.

import { ask, parse } from "./markup.js";

// Tells of each click, wherever the page's own listeners stop it, until `signal` is aborted.
//
// To the control of a label that is clicked the browser dispatches a click of its own, in the same task (HTML standard, "The label
// element"): on the same element that is the same click.
export function watchClicks(tell, signal) {
  let echo = [];
  const look = (event) => {
    const path = event.composedPath();
    const element = path.find((node) => ask(node, "dataset")?.omneoInteraction);
    if (!element || (path[0] === echo[0] && element === echo[1])) return;
    tell("clicked", clickOf(element));
    const control = path.find(({ localName }) => localName === "label")?.control;
    echo = control === path[0] ? [] : [control, element];
    setTimeout(() => (echo = []));
  };
  addEventListener("click", look, { signal, capture: true });
}

// What an element's `data-omneo-interaction` gives, and how to call the element. What is no JSON, or too much of it, is refused by the
// tracker.
function clickOf(element) {
  const text = ask(element, "dataset").omneoInteraction;
  let given = text;
  try {
    given = parse(text, MOST_CHARACTERS);
  } catch {
    // As it is.
  }
  const { localName, id } = element;
  return [given, id ? `${localName}#${id}` : localName];
}

// As many as a record may have bytes.
const MOST_CHARACTERS = 32_768;
