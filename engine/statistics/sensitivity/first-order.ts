/**
 * First-order sensitivity from a sample as it is: the share of an output's variance that goes with one input alone.
 *
 * The sample is cut into classes of equal size by the input; the variance of the class means over the whole variance estimates
 * Var(E[y | x]) / Var(y) (Plischke, Borgonovo and Smith 2013, "Global sensitivity measures from given data", European
 * Journal of Operational Research 226(3)). Even an input without effect gets (classes - 1) / (n - 1) of the variance that way, which
 * the correction of Kelley (1935), "An unbiased correlation ratio measure", takes out; so an estimate can be a little below 0.
 */
import { streamOf, uniform } from "../../numerics/index.ts";

export interface FirstOrder {
  readonly index: number;
  /** Ends of the 95 % interval, ±1.96 standard deviations of the bootstrap. */
  readonly low: number;
  readonly high: number;
}

const BOOTSTRAPS = 200;
const NORMAL_975 = 1.959963984540054;

/** Number of classes for a sample: enough to follow a curve, with at least fifteen values in each. */
export function classCount(n: number): number {
  return Math.max(2, Math.min(250, Math.floor(Math.sqrt(n)), Math.floor(n / 15)));
}

/** Class of each value: equal numbers by rank; equal values are in one class. */
export function classesOf(values: Float64Array, classes: number): Uint8Array {
  const order = Uint32Array.from(values, (_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const found = new Uint8Array(values.length);
  for (let i = 0; i < order.length; i++) {
    const isTied = i > 0 && values[order[i]!] === values[order[i - 1]!];
    found[order[i]!] = isTied ? found[order[i - 1]!]! : Math.floor((i * classes) / order.length);
  }
  return found;
}

/** How often each row stands in each resample; the same for all inputs and outputs of an ensemble, and for any machine. */
export function resamples(n: number, seed: number): Uint32Array[] {
  const stream = streamOf("sensitivity-bootstrap");
  return Array.from({ length: BOOTSTRAPS }, (_, b) => {
    const weights = new Uint32Array(n);
    for (let i = 0; i < n; i++) weights[Math.min(n - 1, Math.floor(uniform(seed, stream, b, i) * n))]! += 1;
    return weights;
  });
}

/** The index of an input with its interval. @param y Values of the output, not all equal. */
export function firstOrder(
  classes: Uint8Array,
  count: number,
  y: Float64Array,
  weights: readonly Uint32Array[],
): FirstOrder {
  const index = correlationRatio(classes, count, y, null);
  let [sum, squares] = [0, 0];
  for (const resample of weights) {
    const value = correlationRatio(classes, count, y, resample) - index;
    sum += value;
    squares += value * value;
  }
  const b = weights.length;
  const half = NORMAL_975 * Math.sqrt(Math.max(0, (squares - (sum * sum) / b) / (b - 1)));
  return { index, low: index - half, high: index + half };
}

/** Kelley's correlation ratio, with each row counted as often as its weight says. */
function correlationRatio(classes: Uint8Array, count: number, y: Float64Array, weights: Uint32Array | null): number {
  const sizes = new Float64Array(count);
  const sums = new Float64Array(count);
  let [n, total, squares] = [0, 0, 0];
  // Values are taken from the first one, so that large means do not cancel.
  const origin = y[0]!;
  for (let i = 0; i < y.length; i++) {
    const weight = weights === null ? 1 : weights[i]!;
    const value = y[i]! - origin;
    n += weight;
    total += weight * value;
    squares += weight * value * value;
    sizes[classes[i]!]! += weight;
    sums[classes[i]!]! += weight * value;
  }
  const all = squares - (total * total) / n;
  let [between, filled] = [-(total * total) / n, 0];
  for (let c = 0; c < count; c++) {
    if (sizes[c] === 0) continue;
    between += (sums[c]! * sums[c]!) / sizes[c]!;
    filled += 1;
  }
  if (!(all > 0) || n <= filled) return 0;
  return (between - (filled - 1) * ((all - between) / (n - filled))) / all;
}
