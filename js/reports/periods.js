// Days, weeks or months, as many as one can tell apart in a picture. All in UTC.

import { DAY } from "./filter.js";

const UNITS = {
  day: { begin: (at) => Math.floor(at / DAY) * DAY, next: (at) => at + DAY },
  // From Monday; 1970 began on a Thursday.
  week: { begin: (at) => (Math.floor((at / DAY + 3) / 7) * 7 - 3) * DAY, next: (at) => at + 7 * DAY },
  month: { begin: (at) => month(at, 0), next: (at) => month(at, 1) },
};

function month(at, further) {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + further, 1);
}

/** The periods from the first moment to the last: which unit, when each begins, and which of them a moment is in. */
export function periods(first, last) {
  const days = (last - first) / DAY;
  const unit = days <= 31 ? "day" : days <= 210 ? "week" : "month";
  const { begin, next } = UNITS[unit];
  const begins = [];
  for (let at = begin(first); at <= last && begins.length < MOST; at = next(at)) begins.push(at);
  const places = new Map(begins.map((at, place) => [at, place]));
  return { unit, begins, placeOf: (at) => places.get(begin(at)) };
}

/** A century of months: a record whose clock was wrong shall not make a picture of millions. */
const MOST = 1_200;
