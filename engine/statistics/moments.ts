/**
 * Means and sums of squared deviations of the cells of a contrast, by block, and how those of two sets of blocks are joined.
 *
 * Within a block: two passes, the mean first and then the deviations from it. Between blocks: the update of Chan, Golub
 * and LeVeque (1983), "Algorithms for computing the sample variance", The American Statistician 37(3), equation 2.1.
 * Both avoid the cancellation of the sum of squares.
 */

export interface Moments {
  /** Number of draws: a draw counts for all cells of a contrast or for none. */
  n: number;
  /** Mean of each cell; 0 where n is 0. */
  mean: Float64Array;
  /** Sum of squared deviations from the mean, of each cell. */
  squares: Float64Array;
}

/** Sets the moments of one cell by all its values of a block. */
export function setMoments(
  { mean, squares }: Pick<Moments, "mean" | "squares">,
  cell: number,
  values: Float64Array,
  n: number,
): void {
  if (n === 0) return;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i]!;
  const centre = sum / n;
  let deviations = 0;
  for (let i = 0; i < n; i++) {
    const deviation = values[i]! - centre;
    deviations += deviation * deviation;
  }
  mean[cell] = centre;
  squares[cell] = deviations;
}

/** Adds the moments of other draws to some; those of `left` are of the earlier blocks. */
export function joinMoments(left: Moments, right: Moments): void {
  if (right.n === 0) return;
  if (left.n === 0) {
    left.n = right.n;
    left.mean.set(right.mean);
    left.squares.set(right.squares);
    return;
  }
  const n = left.n + right.n;
  const rightShare = right.n / n;
  const weight = left.n * rightShare;
  const { mean, squares } = left;
  for (let cell = 0; cell < mean.length; cell++) {
    const distance = right.mean[cell]! - mean[cell]!;
    mean[cell]! += distance * rightShare;
    squares[cell] = squares[cell]! + right.squares[cell]! + distance * distance * weight;
  }
  left.n = n;
}

/** How many of the first `n` values are above 0. */
export function countPositive(values: Float64Array, n: number): number {
  let count = 0;
  for (let i = 0; i < n; i++) if (values[i]! > 0) count++;
  return count;
}
