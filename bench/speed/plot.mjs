// The plot of the results, an SVG: a row a measure, a dot a peer, and how many times of ours it needs.

import { FULL } from "./verdict.mjs";
import { TRACKERS } from "./trackers.mjs";

const WIDTH = 480;
const LEFT = 12;
const ROW = 54;
// The radius of a dot, with some room around it.
const DOT = 8.5;
const TOP = 92;
// The axis, in powers of ten of the ratio.
const [LEAST, MOST] = [-2, 2];

export function plot(rows) {
  const drawn = rows.map((row) => ({ ...row, own: row.by.me })).filter(({ own }) => own);
  const height = TOP + drawn.length * ROW + 30;
  const ticks = [0.01, 0.1, 1, 10, 100].map((ratio) => tick(ratio, height));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title">
<title id="title">How many times of what omneo-interactions (direct) needs each peer needs; to the right of 1× it needs more</title>
<style>${STYLE}</style>
<rect class="ground" width="${WIDTH}" height="${height}"/>
<text class="head" x="${LEFT}" y="22">Times of what omneo-interactions (direct) needs</text>
<text x="${LEFT}" y="40">to the right of 1×: needs more, and is behind; to the left: is ahead</text>
${legend()}
${ticks.join("\n")}
${drawn.map((row, at) => line(row, TOP + at * ROW)).join("\n")}
</svg>
`;
}

function legend() {
  const step = (WIDTH - 2 * LEFT) / 4;
  return dots().map(([mark, label], at) => {
    const [x, y] = [LEFT + 9 + (at % 4) * step, 58 + Math.floor(at / 4) * 18];
    return `${dot(x, y, mark)}<text x="${x + 13}" y="${y + 4}">${label}</text>`;
  }).join("\n");
}

function line({ title, by, own }, top) {
  // Dots that would hide one another stand in two lanes, and beside one another where that is not enough.
  const lanes = [-Infinity, -Infinity];
  const marks = dots().filter(([, , id]) => by[id]).map(([mark, , id]) => [mark, place(by[id].median / own.median)]).sort((a, b) => a[1] - b[1]);
  const drawn = marks.map(([mark, x]) => {
    const lane = lanes[0] + 2 * DOT < x || lanes[0] <= lanes[1] ? 0 : 1;
    lanes[lane] = Math.max(x, lanes[lane] + 2 * DOT + 1);
    return dot(lanes[lane], top + 23 + lane * (2 * DOT + 1), mark);
  });
  return `<text x="${LEFT}" y="${top + 10}">${title}</text>${drawn.join("")}`;
}

function tick(ratio, height) {
  const x = place(ratio);
  return `<line class="${ratio === 1 ? "own" : "tick"}" x1="${x}" x2="${x}" y1="${TOP}" y2="${height - 22}"/>
<text class="axis" x="${x}" y="${height - 8}">${ratio}×</text>`;
}

function place(ratio) {
  const power = Math.max(LEAST, Math.min(MOST, Math.log10(Math.max(ratio, 1e-9))));
  const edge = LEFT + 18;
  return Math.round(edge + ((power - LEAST) / (MOST - LEAST)) * (WIDTH - 2 * edge));
}

function dot(x, y, mark) {
  return `<circle class="${mark}" cx="${x}" cy="${y}" r="${DOT}"/><text class="mark" x="${x}" y="${y + 3.5}">${mark}</text>`;
}

// The mark, the label and the id of each: two letters, so that nobody needs the colours.
function dots() {
  return [...FULL, "relay"].map((id) => [id === "relay" ? "re" : TRACKERS[id].label.slice(0, 2), id === "relay" ? "ours, relay" : TRACKERS[id].label, id]);
}

const STYLE = `
text { font: 12px system-ui, sans-serif; fill: #222; stroke: #fff; stroke-width: 3px; paint-order: stroke; }
.head { font-weight: 600; font-size: 14px; }
.axis { text-anchor: middle; }
.mark { font-size: 9px; font-weight: 600; text-anchor: middle; fill: #fff; stroke: none; }
.ground { fill: #fff; }
.tick { stroke: #ddd; }
.own { stroke: #1a7f5a; stroke-width: 2; }
.Sn { fill: #5b3fa8; } .Se { fill: #2f6b2f; } .Po { fill: #b5461c; } .Ru { fill: #1f5fa8; } .Am { fill: #8a2a5c; } .Mi { fill: #55585c; }
.re { fill: #1a7f5a; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6e6e6; stroke: #15181b; } .mark { fill: #fff; stroke: none; } .ground { fill: #15181b; } .tick { stroke: #383d42; } .own { stroke: #4cc79a; }
}`;
