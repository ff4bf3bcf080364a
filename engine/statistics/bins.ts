/**
 * The bins of a histogram sketch: fixed for a cell by the smallest and the largest value in the first block.
 *
 * 128 bins of one width cover that range and an eighth of it on either side. Beyond them stand 24 bins on either side whose
 * widths grow by a quarter from one to the next, up to 6.6 times the width of the middle part; beyond those one bin for
 * everything below and one for everything above. If all values of the first block are equal, the middle part is that
 * one value.
 *
 * An order statistic is placed in its bin by its rank among the values there, so it is wrong by less than the width of that
 * bin (a bin is cut at the smallest and at the largest value of the cell, which are kept exactly).
 */

export const MIDDLE_BINS = 128;
export const OUTER_BINS = 24;
/** Bins of a cell, from everything below to everything above. */
export const BINS = MIDDLE_BINS + 2 * OUTER_BINS + 2;

const MIDDLE_START = OUTER_BINS + 1;
const GROWTH = 1.25;
/** Share of the first block's range that the middle part is wider than it, on either side. */
const MARGIN = 0.125;

/** Distances of the outer edges from the middle part, in widths of a middle bin: 0, 1, 2.25, … */
const OUTER_EDGES: Float64Array = outerEdges();

function outerEdges(): Float64Array {
  const edges = new Float64Array(OUTER_BINS + 1);
  for (let i = 0, width = 1; i < OUTER_BINS; i++, width *= GROWTH) edges[i + 1] = edges[i]! + width;
  return edges;
}

/** Lower edge of the middle part, and the width of a middle bin; a width of 0 stands for a middle part of one value. */
export interface MiddlePart {
  readonly low: number;
  readonly width: number;
}

/** The middle part for a first block with values from `min` to `max`. */
export function middlePart(min: number, max: number): MiddlePart {
  const range = max - min;
  const width = (range * (1 + 2 * MARGIN)) / MIDDLE_BINS;
  const low = min - range * MARGIN;
  // A range near the limits of double precision gives no usable bins; the value itself stands for the middle part then.
  const isUsable = width > 0 && 1 / width < Number.POSITIVE_INFINITY && width < Number.POSITIVE_INFINITY;
  return isUsable ? { low, width } : { low: min, width: 0 };
}

/** The bin of a value. */
export function binOf(low: number, width: number, value: number): number {
  if (width === 0) return value === low ? MIDDLE_START : value < low ? 0 : BINS - 1;
  const place = (value - low) / width;
  if (place >= 0 && place < MIDDLE_BINS) return MIDDLE_START + Math.floor(place);
  return place < 0 ? MIDDLE_START - 1 - outerBin(-place) : MIDDLE_START + MIDDLE_BINS + outerBin(place - MIDDLE_BINS);
}

/** Number of the outer bin at a distance from the middle part, counted outwards; `OUTER_BINS` beyond the last. */
function outerBin(distance: number): number {
  let bin = 0;
  while (bin < OUTER_BINS && distance >= OUTER_EDGES[bin + 1]!) bin++;
  return bin;
}

/** Lower edge of a bin; minus infinity for the first. */
export function lowerEdge(low: number, width: number, bin: number): number {
  if (bin === 0) return Number.NEGATIVE_INFINITY;
  if (bin < MIDDLE_START) return low - OUTER_EDGES[MIDDLE_START - bin]! * width;
  const middle = bin - MIDDLE_START;
  if (middle <= MIDDLE_BINS) return low + middle * width;
  return low + (MIDDLE_BINS + OUTER_EDGES[middle - MIDDLE_BINS]!) * width;
}

/** Upper edge of a bin; infinity for the last. */
export function upperEdge(low: number, width: number, bin: number): number {
  return bin === BINS - 1 ? Number.POSITIVE_INFINITY : lowerEdge(low, width, bin + 1);
}
