// A form that was submitted before the tracker was there. A file of its own: a form that leads to another page takes all notes with it,
// so this is for those that a script sends.

/** Notes which form it was, and what people call it; none of its fields. */
export default function noteSubmission(note, event, time) {
  const form = event.target;
  // By the prototype, as a field may hide what the form has of that name.
  const ask = (name, given) => Element.prototype[name].call(form, given);
  // A script that found mistakes prevents the event, as one does that sends the form itself.
  const isInvalid = event.defaultPrevented && (ask("matches", "[novalidate]:invalid") || ask("querySelector", "[aria-invalid=true]"));
  const method = ask("getAttribute", "method") ?? "";
  const searches = /^post$/i.test(method) ? "[type=search]" : "[type=search],[name=q],[name=s],[name=query],[name=search]";
  // These disclose nothing.
  const isSearch = ask("closest", "search,[role=search]") || ask("querySelector", searches);
  if (isInvalid || isSearch || /^dialog$/i.test(method)) return;
  note("submitted", [ask("getAttribute", "name") || ask("getAttribute", "id"), ask("getAttribute", "aria-label")], time);
}
