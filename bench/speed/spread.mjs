// Medians, and how far the middle half of the samples lies apart.

/** `{q1, median, q3}`, or nothing where there are no samples. */
export function spread(samples = []) {
  if (samples.length === 0) return undefined;
  const sorted = [...samples].sort((a, b) => a - b);
  // Between two samples, in proportion.
  const at = (share) => {
    const place = share * (sorted.length - 1);
    const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
    return low + (high - low) * (place % 1);
  };
  return { q1: at(0.25), median: at(0.5), q3: at(0.75) };
}
