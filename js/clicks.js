// What is clicked of all that has `data-omneo-interaction`.

// Tells of each click, wherever the page's own listeners stop it, until `signal` is aborted.
//
// To the control of a label that is clicked the browser dispatches a click of its own, in the same task (HTML standard, "The label
// element"): on the same element that is the same click.
export function watchClicks(tell, signal) {
  let echo = [];
  const look = (event) => {
    const path = event.composedPath();
    const element = path.find(({ dataset }) => dataset?.omneoInteraction);
    if (!element || (path[0] === echo[0] && element === echo[1])) return;
    tell("clicked", clickOf(element));
    const control = path.find(({ localName }) => localName === "label")?.control;
    echo = control === path[0] ? [] : [control, element];
    setTimeout(() => (echo = []));
  };
  addEventListener("click", look, { signal, capture: true });
}

// What an element's `data-omneo-interaction` gives, and how to call the element. What is no JSON is refused by the tracker.
function clickOf({ dataset, localName, id }) {
  const text = dataset.omneoInteraction;
  let given = text;
  try {
    given = JSON.parse(text);
  } catch {
    // As it is.
  }
  return [given, id ? `${localName}#${id}` : localName];
}
