/** Intervals by resampling whole rows. */
import { NORMAL_975 } from "../quantile.ts";

/** An estimate with the ends of its 95 % interval, ±1.96 standard deviations of the bootstrap over rows. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * @param weights How often each row stands in each resample.
 * @param estimate Of rows that count as often as a weight says; null where a resample gives none.
 */
export function bootstrapInterval(
  value: number,
  weights: readonly Uint32Array[],
  estimate: (weights: Uint32Array, resample: number) => number | null,
): Interval {
  let [sum, squares] = [0, 0];
  for (const [b, resample] of weights.entries()) {
    const deviation = (estimate(resample, b) ?? value) - value;
    sum += deviation;
    squares += deviation * deviation;
  }
  const n = weights.length;
  const half = NORMAL_975 * Math.sqrt(Math.max(0, (squares - (sum * sum) / n) / (n - 1)));
  return { value, low: value - half, high: value + half };
}
