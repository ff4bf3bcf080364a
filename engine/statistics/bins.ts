/**
 * The bins of a histogram sketch, fixed for a cell by its values in the first block.
 *
 * The middle part runs from the smallest to the largest of these values. It has 16 segments with 8 even bins each. The ends of
 * the segments, the *knots*, stand at equal steps of the mean of two scales: the distance from the smallest value as a share of the
 * range, and the share of values below. So a bin is at most twice as wide as 128 even bins would be, and narrow where
 * values are dense, as at the steep side of a skewed distribution.
 *
 * Beyond the middle part stand 24 bins on either side whose widths grow by a quarter from one to the next, beginning with the
 * width of the bin beside them (at least 1/512 of the range); beyond those one bin for everything below and one for everything
 * above. If all values of the first block are equal, the middle part is that one value.
 *
 * An order statistic is placed in its bin by its rank among the values there, so it is wrong by less than the width of that
 * bin (a bin is cut at the smallest and at the largest value of the cell, which are kept exactly).
 */

export const SEGMENTS = 16;
/** Bins of a segment. */
export const SEGMENT_BINS = 8;
const MIDDLE_BINS = SEGMENTS * SEGMENT_BINS;
/** Bins whose widths grow, on either side of the middle part. */
export const OUTER_BINS = 24;

/** Knots of a cell: the ends of its segments. */
export const KNOTS = SEGMENTS + 1;
/** Bins of a cell, from everything below to everything above. */
export const BINS = MIDDLE_BINS + 2 * OUTER_BINS + 2;

/** First bin of the middle part, and first bin beyond it. */
export const MIDDLE_START = OUTER_BINS + 1;
export const MIDDLE_END: number = MIDDLE_START + MIDDLE_BINS;
const GROWTH = 1.25;
/** Least width of an outer bin, as a share of the range. */
export const LEAST_OUTER_WIDTH: number = 1 / 512;

/** Distances of the outer edges from the middle part, in widths of the first outer bin: 0, 1, 2.25, … */
export const OUTER_EDGES: Float64Array = outerEdges();

function outerEdges(): Float64Array {
  const edges = new Float64Array(OUTER_BINS + 1);
  for (let i = 0, width = 1; i < OUTER_BINS; i++, width *= GROWTH) edges[i + 1] = edges[i]! + width;
  return edges;
}

/**
 * Writes the knots for a first block.
 * @param sorted Its values, ascending; without values all knots are 0.
 * @param knots Gets `KNOTS` numbers from the position `at` on.
 */
export function placeKnots(sorted: Float64Array, knots: Float64Array, at: number): void {
  const last = sorted.length - 1;
  const low = last < 0 ? 0 : sorted[0]!;
  const range = last < 0 ? 0 : sorted[last]! - low;
  // A range beyond double precision gives no usable bins; the smallest value stands for the middle part then.
  if (range === 0 || range === Number.POSITIVE_INFINITY) {
    knots.fill(low, at, at + KNOTS);
    return;
  }
  const scale = (i: number) => (sorted[i]! - low) / range / 2 + i / last / 2;
  knots[at] = low;
  for (let knot = 1, i = 0; knot < SEGMENTS; knot++) {
    const wanted = knot / SEGMENTS;
    while (i < last - 1 && scale(i + 1) <= wanted) i++;
    const share = (wanted - scale(i)) / (scale(i + 1) - scale(i));
    knots[at + knot] = sorted[i]! + share * (sorted[i + 1]! - sorted[i]!);
  }
  knots[at + SEGMENTS] = sorted[last]!;
}

/** The bin of a value; the knots of its cell stand from the position `at` on. What is not a number counts as the smallest value. */
export function binOf(knots: Float64Array, at: number, value: number): number {
  const low = knots[at]!;
  const high = knots[at + SEGMENTS]!;
  if (value < low) return MIDDLE_START - 1 - outerBin((low - value) / widthBelow(knots, at));
  if (value > high) return MIDDLE_END + outerBin((value - high) / widthAbove(knots, at));
  // The last segment that begins at or below the value, by four halvings.
  let segment = 0;
  if (value >= knots[at + 8]!) segment = 8;
  if (value >= knots[at + segment + 4]!) segment += 4;
  if (value >= knots[at + segment + 2]!) segment += 2;
  if (value >= knots[at + segment + 1]!) segment += 1;
  const start = knots[at + segment]!;
  const width = knots[at + segment + 1]! - start;
  const inBins = ((value - start) / width) * SEGMENT_BINS;
  // In a segment without width it is 0 / 0.
  const bin = inBins >= 0 ? Math.min(SEGMENT_BINS - 1, Math.floor(inBins)) : 0;
  return MIDDLE_START + segment * SEGMENT_BINS + bin;
}

/** Number of the outer bin at a distance from the middle part, counted outwards; `OUTER_BINS` beyond the last. */
function outerBin(distance: number): number {
  let bin = 0;
  while (bin < OUTER_BINS && distance >= OUTER_EDGES[bin + 1]!) bin++;
  return bin;
}

/** Width of the first outer bin below the middle part. */
function widthBelow(knots: Float64Array, at: number): number {
  const range = knots[at + SEGMENTS]! - knots[at]!;
  return Math.max((knots[at + 1]! - knots[at]!) / SEGMENT_BINS, range * LEAST_OUTER_WIDTH);
}

/** Width of the first outer bin above the middle part. */
function widthAbove(knots: Float64Array, at: number): number {
  const range = knots[at + SEGMENTS]! - knots[at]!;
  return Math.max((knots[at + SEGMENTS]! - knots[at + SEGMENTS - 1]!) / SEGMENT_BINS, range * LEAST_OUTER_WIDTH);
}

/** Lower edge of a bin; minus infinity for the first. */
export function lowerEdge(knots: Float64Array, at: number, bin: number): number {
  if (bin === 0) return Number.NEGATIVE_INFINITY;
  if (bin < MIDDLE_START) return knots[at]! - OUTER_EDGES[MIDDLE_START - bin]! * widthBelow(knots, at);
  if (bin >= MIDDLE_END) return knots[at + SEGMENTS]! + OUTER_EDGES[bin - MIDDLE_END]! * widthAbove(knots, at);
  const segment = Math.floor((bin - MIDDLE_START) / SEGMENT_BINS);
  const start = knots[at + segment]!;
  const share = ((bin - MIDDLE_START) % SEGMENT_BINS) / SEGMENT_BINS;
  return start + share * (knots[at + segment + 1]! - start);
}

/** Upper edge of a bin; infinity for the last. */
export function upperEdge(knots: Float64Array, at: number, bin: number): number {
  return bin === BINS - 1 ? Number.POSITIVE_INFINITY : lowerEdge(knots, at, bin + 1);
}
