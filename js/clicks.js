// What is clicked of all that has `data-omneo-interaction`.

// Tells of each click, wherever the page's own listeners stop it, until `signal` is aborted.
export function watchClicks(tell, signal) {
  const look = (event) => {
    const element = event.composedPath().find(({ dataset }) => dataset?.omneoInteraction);
    if (element) tell("clicked", clickOf(element));
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
