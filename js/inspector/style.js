// How it looks: whatever the page's own style, and in its corner.

/** A constructed sheet, which a content security policy without `unsafe-inline` allows. */
export function sheet() {
  const made = new CSSStyleSheet();
  made.replaceSync(CSS);
  return made;
}

const CSS = `
:host {
  all: initial;
  color-scheme: light dark;
  --text: light-dark(#1c2429, #ebeef0);
  --muted: light-dark(#566169, #a9b4bc);
  --surface: light-dark(#ffffff, #1d2327);
  --raised: light-dark(#eef1f3, #2b343a);
  --line: light-dark(#9aa6ae, #5c6a74);
  --accent: light-dark(#14599e, #8cc4ff);
  --good: light-dark(#1c6b35, #8ad6a0);
  --bad: light-dark(#a3271b, #ffa79c);
  position: fixed;
  inset: auto 0.5rem 0.5rem auto;
  z-index: 2147483647;
  inline-size: min(27rem, calc(100% - 1rem));
  color: var(--text);
  font: 0.8125rem/1.45 system-ui, sans-serif;
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
h2, p, ul, ol, pre { margin: 0; padding: 0; }
section { display: flex; flex-direction: column; max-block-size: min(33rem, 50vh); border: 1px solid var(--line); border-radius: 8px; background: var(--surface); box-shadow: 0 4px 20px rgb(0 0 0 / 25%); overflow: hidden; }
header { display: flex; flex-wrap: wrap; gap: 0.25rem 0.5rem; align-items: center; padding: 0.4rem 0.6rem; background: var(--raised); }
h2 { font-size: 1em; }
h2 { flex: 1; }
[part="status"] { order: 1; flex-basis: 100%; color: var(--muted); }
[part="body"] { overflow-y: auto; padding: 0 0.6rem 0.6rem; }
button { font: inherit; color: var(--accent); min-block-size: 1.9rem; padding: 0.1rem 0.6rem; border: 1px solid var(--accent); border-radius: 5px; background: var(--surface); cursor: pointer; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }
button:focus-visible { outline-offset: 1px; }
[part="body"] > details > summary { position: sticky; inset-block-start: 0; padding-block: 0.5rem 0.3rem; font-weight: 600; background: var(--surface); }
summary { cursor: pointer; overflow-wrap: anywhere; padding-block: 0.25rem; }
[part="entries"], [part="findings"] { list-style: none; }
[part="entries"] > li, [part="findings"] > li { border-block-start: 1px solid var(--line); overflow-wrap: anywhere; padding-block: 0.15rem; }
[part="verdict"], [part="steps"] { padding-inline-start: 1.2rem; overflow-wrap: anywhere; }
[part~="event"] { color: var(--muted); }
[part~="recorded"] { color: var(--good); }
[part~="refused"], [part~="failed"] { color: var(--bad); }
[part="way"], time { color: var(--muted); }
pre { margin-block: 0.4rem; padding: 0.5rem; border-radius: 5px; background: var(--raised); font: 0.75rem/1.4 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
details > button { margin-block-start: 0.4rem; }
table { inline-size: 100%; border-collapse: collapse; table-layout: fixed; }
th, td { padding: 0.2rem 0.4rem 0.2rem 0; border-block-end: 1px solid var(--line); text-align: start; vertical-align: top; overflow-wrap: anywhere; }
th { inline-size: 25%; font-weight: 600; }
@media (forced-colors: active) { button { border-color: ButtonText; } }
`;
