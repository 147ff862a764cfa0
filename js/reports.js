// The reports: all that was recorded, read once, and then looked at as the reader chooses.

import { make } from "./dom.js";
import { choices } from "./reports/choices.js";
import { figures } from "./reports/figures.js";
import { addressOf, filterOf } from "./reports/filter.js";
import { read } from "./reports/read.js";
import { sections } from "./reports/sections.js";
import { shown } from "./reports/table.js";

const root = /** @type {HTMLElement} */ (document.querySelector("[data-omneo-records]"));
const status = make("p", { role: "status", class: "note" });
const progress = make("progress", { "aria-label": "Records read" });
const body = make("div");
root.append(status, progress, body);
load();

async function load() {
  progress.hidden = false;
  body.replaceChildren();
  status.textContent = "The records are read.";
  try {
    const rows = await read(root.dataset.omneoRecords, told);
    show(rows);
  } catch (error) {
    status.textContent = `The records could not be read. ${error.message}`;
    body.replaceChildren(make("button", { type: "button", click: load }, "Try again"));
  }
  progress.hidden = true;
}

function told(count, total) {
  progress.max = total || 1;
  progress.value = Math.min(count, progress.max);
  status.textContent = `${shown(count)} of ${shown(total)} records are read.`;
}

function show(rows) {
  const report = make("div", { class: "reports" });
  const draw = (filter) => {
    const all = figures(rows, filter);
    status.textContent = all.count ? `${shown(all.count)} of ${shown(rows.length)} records. Days are in UTC.` : `None of ${shown(rows.length)} records.`;
    report.replaceChildren(...(all.count ? sections(all) : []));
  };
  const form = () =>
    choices(rows, filterOf(location.href), (filter) => {
      history.pushState(null, "", addressOf(location.href, filter));
      draw(filter);
    });
  const begin = () => {
    body.replaceChildren(form(), report);
    draw(filterOf(location.href));
  };
  addEventListener("popstate", begin);
  begin();
}
