// A walk that broke a promise, with fewer steps: whole runs of them are taken away, then shorter ones, as long as it still breaks one.

/** Answers the fewest steps that were found to fail; `fails(steps)` walks them. */
export async function shrink(steps, fails, tries = 40) {
  let shortest = steps;
  for (let size = Math.ceil(steps.length / 2); size >= 1 && tries > 0; size = size > 1 ? Math.ceil(size / 2) : 0) {
    for (let at = 0; at < shortest.length && tries > 0; tries -= 1) {
      const fewer = shortest.toSpliced(at, size);
      if (await fails(fewer)) shortest = fewer;
      else at += size;
    }
  }
  return shortest;
}
