// How it looks. Sites change the properties whose names begin with `--omneo-privacy`, and the parts by `::part`.

let made;

/** A constructed sheet, which a content security policy without `unsafe-inline` allows. One serves all elements of a page. */
export function sheet() {
  if (!made) {
    made = new CSSStyleSheet();
    made.replaceSync(CSS);
  }
  return made;
}

const DARK = `
  --text: var(--omneo-privacy-text, #ebeef0);
  --muted: var(--omneo-privacy-muted, #a9b4bc);
  --surface: var(--omneo-privacy-surface, #1d2327);
  --line: var(--omneo-privacy-line, #46525b);
  --accent: var(--omneo-privacy-accent, #8cc4ff);
  --danger: var(--omneo-privacy-danger, #ffa79c);
  color-scheme: dark;`;

const CSS = `
:host {
  --text: var(--omneo-privacy-text, #1c2429);
  --muted: var(--omneo-privacy-muted, #566169);
  --surface: var(--omneo-privacy-surface, #ffffff);
  --line: var(--omneo-privacy-line, #ccd3d8);
  --accent: var(--omneo-privacy-accent, #14599e);
  --danger: var(--omneo-privacy-danger, #a3271b);
  --radius: var(--omneo-privacy-radius, 6px);
  color-scheme: light;
  display: block;
  color: var(--text);
  font: var(--omneo-privacy-font, 1rem/1.5 system-ui, sans-serif);
}
@media (prefers-color-scheme: dark) { :host(:not([scheme="light"])) {${DARK}} }
:host([scheme="dark"]) {${DARK}}
:host([hidden]), [hidden] { display: none !important; }
*, *::before { box-sizing: border-box; }
h2, h3, h4, p, ul, dl, dd { margin: 0; padding: 0; }
h2, h3, h4 { font-family: var(--omneo-privacy-heading-font, inherit); line-height: 1.25; }
h2 { font-size: 1.6em; }
h3 { font-size: 1.2em; }
h4 { font-size: 1em; margin-block: 1.4em 0.5em; color: var(--muted); }
[part~="root"], section { display: grid; gap: 0.9em; grid-template-columns: minmax(0, 1fr); }
[part~="root"] { gap: 1.6em; text-align: start; }
section > p, dialog p, [part~="rules"] { max-width: 65ch; }
[part~="rules"] { padding-inline-start: 1.3em; }
[part~="note"], [part~="time"] { color: var(--muted); }
[part~="answer"], [part~="status"] { font-weight: 600; overflow-wrap: anywhere; }
[part~="status"]:empty, [part~="buttons"]:empty { display: none; }
[part~="buttons"], [part~="tools"] { display: flex; flex-wrap: wrap; gap: 0.6em; align-items: end; }
[part~="tools"] { justify-content: space-between; gap: 1em; }
[part~="field"] { flex: 1 1 16em; max-width: 28em; }
label { display: block; font-weight: 600; margin-block-end: 0.25em; }
input, button { font: inherit; color: inherit; min-height: 2.75em; border: 1px solid var(--muted); border-radius: var(--radius); background: var(--surface); }
input { width: 100%; padding: 0.4em 0.75em; }
button { padding: 0.4em 1.1em; font-weight: 600; border-color: var(--accent); color: var(--accent); cursor: pointer; }
section > button { justify-self: start; }
[part~="danger"], [part~="delete"] { border-color: var(--danger); color: var(--danger); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
h3:focus-visible, h4:focus-visible { outline-style: dashed; outline-width: 2px; border-radius: var(--radius); }
progress { width: 100%; max-width: 40em; height: 0.75em; accent-color: var(--accent); }
[data-concealed] { visibility: hidden; }
[part~="records"] { list-style: none; border: 1px solid var(--line); border-radius: var(--radius); background: var(--surface); }
[part~="record"] { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0.1em 1em; padding: 0.8em 1em; align-items: center; }
[part~="record"] + [part~="record"] { border-block-start: 1px solid var(--line); }
[part~="sentence"] { overflow-wrap: anywhere; }
[part~="badge"] { color: var(--muted); font-style: italic; }
[part~="time"] { grid-column: 1; grid-row: 2; font-size: 0.9em; }
[part~="data"] { grid-column: 1 / -1; font-size: 0.9em; }
[part~="delete"] { grid-column: 2; grid-row: 1 / 3; min-height: 2.5em; padding-inline: 0.8em; font-weight: 400; border-color: transparent; background: none; text-decoration: underline; text-underline-offset: 0.2em; }
summary { width: fit-content; padding-block: 0.3em; color: var(--accent); cursor: pointer; }
dl { display: grid; grid-template-columns: minmax(5em, auto) minmax(0, 1fr); gap: 0.3em 1em; padding-block: 0.4em; }
dt { color: var(--muted); overflow-wrap: anywhere; }
dd { overflow-wrap: anywhere; white-space: pre-wrap; }
[part~="pager"] { margin-block-start: 1em; }
dialog { max-width: min(34em, calc(100vw - 2em)); border: 1px solid var(--line); border-radius: calc(2 * var(--radius)); padding: 1.5em; background: var(--surface); color: inherit; }
dialog > * + * { margin-block-start: 0.9em; }
dialog::backdrop { background: rgb(0 0 0 / 55%); }
dialog [part~="danger"] { background: var(--danger); color: var(--surface); }
@media (max-width: 30em) { [part~="buttons"] > button { flex: 1 1 auto; } }
@media (forced-colors: active) { button { border-color: ButtonText; } }
`;
