/** Ranks of values, from 1; equal values share the mean of their ranks. */
export function ranksOf(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values, (_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let i = from; i < to; i++) ranks[order[i]!] = (from + 1 + to) / 2;
    from = to;
  }
  return ranks;
}

/** Values less their mean, divided by their standard deviation; null if they do not vary. */
export function standardized(values: Float64Array): Float64Array | null {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const variance = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / (n - 1);
  // Equal values leave a rounding of their mean behind, which is no variance.
  if (!(variance > 1e-24 * mean * mean)) return null;
  const deviation = Math.sqrt(variance);
  return values.map((value) => (value - mean) / deviation);
}
