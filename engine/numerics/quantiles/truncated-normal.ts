import { exp } from "../exp.ts";
import { lnOnePlusLess } from "../gamma-function.ts";
import { ln } from "../log.ts";
import { normalCdf, scaledNormalTail } from "../normal-cdf.ts";
import { normalQuantile } from "../normal-quantile.ts";
import { isNoProbability, requireParameters } from "./probability.ts";

const ROOT_TWO_PI = 2.5066282746310002;
/** From this many standard deviations on, tail probabilities are handled as ratios, since they underflow. */
const DEEP = 25;
const DEEP_STEPS = 50;

/**
 * The u-quantile of a normal distribution confined to [low, high].
 *
 * mean and sd are those of the normal distribution before it is cut. The probability is counted from the end where tail
 * probabilities are small, so both tails are accurate, even an interval hundreds of sd away from the mean. Either bound may be infinite.
 *
 * @returns low at u = 0, high at u = 1; the mean, moved into the interval, if sd is 0
 * @throws RangeError unless sd ≥ 0 and low ≤ high, with mean and sd finite
 */
export function quantileTruncatedNormal(u: number, mean: number, sd: number, low: number, high: number): number {
  const valid = sd >= 0 && low <= high && Number.isFinite(mean) && Number.isFinite(sd);
  requireParameters(valid && low < Number.POSITIVE_INFINITY && high > Number.NEGATIVE_INFINITY, "normal", [
    mean,
    sd,
    low,
    high,
  ]);
  if (isNoProbability(u)) return Number.NaN;
  if (u === 0) return low;
  if (u === 1) return high;
  const inside = sd === 0 ? mean : mean + sd * standardQuantile(u, (low - mean) / sd, (high - mean) / sd);
  return Math.min(Math.max(inside, low), high);
}

/** The quantile for mean 0 and sd 1 in [a, b], before rounding errors are cut off at the ends. */
function standardQuantile(u: number, a: number, b: number): number {
  if (a >= 0) return upperQuantile(u, 1 - u, a, b);
  if (b <= 0) return -upperQuantile(1 - u, u, -b, -a);
  const below = normalCdf(a);
  const above = normalCdf(-b);
  const total = 1 - below - above;
  const lower = below + u * total;
  return lower <= 0.5 ? normalQuantile(lower) : -normalQuantile(above + (1 - u) * total);
}

/**
 * The quantile in [a, b] with a ≥ 0, both ends in the upper tail.
 *
 * @param u, v the probability below the quantile and the one above; one of them may be tiny, and then counts with all its digits
 */
function upperQuantile(u: number, v: number, a: number, b: number): number {
  if (a > DEEP) return deepQuantile(u, v, a, b);
  return -normalQuantile(v * normalCdf(-a) + u * normalCdf(-b));
}

/**
 * The same where Φ(-a) is tiny or underflows: Newton's method for x = a + d on
 * ln(Φ(-a) / Φ(-x)) = d (a + d/2) - ln(M(x) / M(a)), with M(x) = e^(x²/2) Φ(-x), whose derivative is 1 / (√2π M(x)).
 */
function deepQuantile(u: number, v: number, a: number, b: number): number {
  const scaledA = scaledNormalTail(a);
  // Φ(-b) / Φ(-a)
  const ratio = (exp(-0.5 * (b - a) * (b + a)) * scaledNormalTail(b)) / scaledA;
  // -ln(Φ(-x) / Φ(-a)), where the quotient is v + u ratio = 1 + e
  const e = -u * (1 - ratio);
  const goal = u < 0.25 ? -(lnOnePlusLess(e, 1 + e) + e) : -ln(v + u * ratio);
  let d = goal / a;
  for (let step = 0; step < DEEP_STEPS; step++) {
    const scaled = scaledNormalTail(a + d);
    const change = (goal - (d * (a + 0.5 * d) - ln(scaled / scaledA))) * ROOT_TWO_PI * scaled;
    d += change;
    if (Math.abs(change) <= 1e-15 * (a + d)) return a + d;
  }
  throw new RangeError(`no quantile found for u = ${u} in the normal tail from ${a} to ${b}`);
}
