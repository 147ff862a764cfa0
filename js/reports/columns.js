// Columns over time: stacked, with a line through them where there is one.

import { drawn, picture } from "./svg.js";

const [WIDTH, HEIGHT] = [560, 250];
const [LEFT, TOP, BOTTOM] = [64, 14, 34];
const ROOM = HEIGHT - TOP - BOTTOM;

/**
 * `stacks`: for each period the heights of its parts from below, each with its class; `top` is the height of the picture, and `marks` are the
 * heights that are named. `line`: for each period a height or nothing. `labels` name the periods; some stand below.
 */
export function columns({ says, stacks, top, marks, labels, line = [] }) {
  const step = (WIDTH - LEFT) / Math.max(stacks.length, 1);
  const y = (height) => TOP + ROOM - (height / top) * ROOM;
  const grid = marks.map(([height, label]) => [
    drawn("line", { class: "grid", x1: LEFT, x2: WIDTH, y1: y(height), y2: y(height) }),
    drawn("text", { x: LEFT - 8, y: y(height) + 5, "text-anchor": "end" }, label),
  ]);
  return picture(WIDTH, HEIGHT, says, grid, stacks.flatMap((stack, place) => column(stack, LEFT + place * step, step, y)), path(line, step, y), below(labels, step));
}

function column(stack, x, step, y) {
  let height = 0;
  return stack.map(([part, size]) => {
    if (!size) return null;
    height += size;
    return drawn("rect", { class: part, x: x + step * 0.1, y: y(height), width: step * 0.8, height: y(0) - y(size) });
  });
}

// Broken where there is nothing.
function path(line, step, y) {
  const places = line.map((height, place) => (height === undefined ? undefined : `${LEFT + (place + 0.5) * step},${y(height)}`));
  const d = places.map((place, at) => (place === undefined ? "" : `${at > 0 && places[at - 1] !== undefined ? "L" : "M"}${place}`)).join("");
  if (!d) return null;
  return [drawn("path", { class: "mean", d }), places.map((place) => place && drawn("circle", { class: "mean", cx: place.split(",")[0], cy: place.split(",")[1], r: 3.5 }))];
}

// As many as there is room for.
function below(labels, step) {
  const each = Math.ceil(labels.length / 4);
  return labels.map((label, place) =>
    place % each === 0 ? drawn("text", { x: LEFT + (place + 0.5) * step, y: HEIGHT - 8, "text-anchor": "middle" }, label) : null,
  );
}

/** The least round number that is no less, and whose half is whole. */
export function round(number) {
  const power = 10 ** Math.floor(Math.log10(Math.max(number, 1)));
  return [1, 2, 4, 6, 8, 10].map((factor) => factor * power).find((one) => one >= number && one % 2 === 0) ?? 10 * power;
}
