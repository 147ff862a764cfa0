// The parts of a report: each a picture, and its figures beneath.

import { make } from "../dom.js";
import { bars } from "./bars.js";
import { columns, round } from "./columns.js";
import { mean } from "./figures.js";
import { drawn } from "./svg.js";
import { shown, table } from "./table.js";

/** All of them, of those figures. */
export const sections = (all) => [
  engagement(all),
  sentiment(all),
  list("Channels", "channels", "Channel", all.channels, all.count),
  list("Products", "products", "Product", all.products, all.count),
  list("Pages", "pages", "Page", all.pages, all.count),
  list("Forms", "forms", "Form", all.forms, all.count),
];

function engagement({ unit, times, count }) {
  const most = Math.max(...times.map((time) => time.count));
  const says = `${shown(count)} interactions, by ${unit}; at most ${shown(most)} in one.`;
  const top = round(most);
  const image = columns({
    says,
    stacks: times.map((time) => [["bar", time.count]]),
    top,
    marks: [[0, "0"], [top / 2, shown(top / 2)], [top, shown(top)]],
    labels: times.map(({ at }) => label(at, unit)),
  });
  const rows = times.map((time) => [date(time.at), time.count]);
  return section(`Engagement by ${unit}`, image, table(`Interactions by ${unit}`, "engagement", [title(unit), "Interactions"], rows));
}

const PARTS = /** @type {const} */ (["negative", "neutral", "positive"]);

function sentiment(all) {
  const { unit, times } = all;
  const says = `The share of negative, neutral and positive interactions by ${unit}, and the mean signal, which is ${shown(mean(all))} of all.`;
  const image = columns({
    says,
    stacks: times.map((time) => PARTS.map((part) => [part, time.count && time[part] / time.count])),
    top: 1,
    marks: [[0, "−1"], [0.5, "0"], [1, "+1"]],
    labels: times.map(({ at }) => label(at, unit)),
    line: times.map((time) => (time.count ? (1 + (mean(time) ?? 0)) / 2 : undefined)),
  });
  const head = [title(unit), "Mean signal", "Negative", "Neutral", "Positive"];
  const rows = times.map((time) => [date(time.at), mean(time), ...PARTS.map((part) => time[part])]);
  return section(`Sentiment by ${unit}`, legend(), image, table(`Sentiment by ${unit}`, "sentiment", head, rows));
}

const legend = () =>
  make(
    "ul",
    { class: "legend" },
    [...PARTS, "mean"].map((part) => {
      const line = part === "mean";
      const mark = drawn("rect", { class: line ? "swatch" : part, width: 14, height: line ? 4 : 14, y: line ? 5 : 0 });
      const swatch = drawn("svg", { viewBox: "0 0 14 14", width: 14, height: 14, "aria-hidden": "true" }, mark);
      return make("li", {}, swatch, line ? "mean signal, −1 to +1" : part);
    }),
  );

function list(heading, file, column, counts, count) {
  if (counts.length === 0) return section(heading, make("p", { class: "note" }, "None among these."));
  const [first] = counts;
  const says = `${heading}, most first: ${first.label} with ${shown(first.count)}.`;
  const rows = counts.map((one) => [one.label, one.count, Math.round((one.count / count) * 1_000) / 10]);
  return section(heading, bars(says, counts, shown), table(heading, file, [column, "Interactions", "Share of all, %"], rows));
}

function section(heading, ...parts) {
  const id = `report-${heading.split(" ")[0].toLowerCase()}`;
  return make("section", { class: "report", "aria-labelledby": id }, make("h2", { id }, heading), ...parts);
}

const title = (unit) => ({ day: "Day", week: "Week from", month: "Month from" })[unit];
const date = (at) => new Date(at).toISOString().slice(0, 10);
const SHORT = { day: { day: "numeric", month: "short" }, week: { day: "numeric", month: "short" }, month: { month: "short", year: "2-digit" } };
const label = (at, unit) => new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...SHORT[unit] }).format(at);
