import { make } from "../dom.js";

/** Asks whether it is meant. Resolves to whether it is; also where the dialog is taken away. */
export function ask(root, text, key, said) {
  return new Promise((answered) => {
    const close = (value) => () => dialog.close(value);
    const dialog = make(
      "dialog",
      { part: "dialog", "aria-labelledby": "ask" },
      make("h3", { part: "heading", id: "ask" }, text[`${key}Title`]),
      said.map((sentence) => make("p", {}, sentence)),
      make(
        "div",
        { part: "buttons" },
        // First, so that it has the focus.
        make("button", { type: "button", part: "button", click: close("") }, text.cancel),
        make("button", { type: "button", part: "button danger", click: close("yes") }, text[key]),
      ),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      answered(dialog.returnValue === "yes");
    });
    root.append(dialog);
    dialog.showModal();
  });
}
