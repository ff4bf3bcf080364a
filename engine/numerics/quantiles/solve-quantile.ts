import { exp } from "../exp.ts";
import type { TailProbabilities } from "../incomplete-beta.ts";
import { ln } from "../log.ts";

const MOST_STEPS = 300;
/** A Newton step in ln x below which it is added and the search ends: its square is below the rounding of x. */
const LAST_STEP = 1e-9;

/**
 * The x in [low, high] whose lower tail probability is u and whose upper one is v = 1 - u.
 *
 * Newton's method for ln x and the logarithm of the smaller tail, both of which make tails nearly straight lines, inside a bracket that
 * is halved (in ln x) whenever a step would leave it.
 *
 * @param evaluate tails at x, which must increase with x
 * @param u, v both given, because a tiny one would be lost in 1 - the other
 * @param start first guess; it is moved into the bracket
 * @param low, high positive bounds of the search; the nearer one is returned, up to rounding, when u lies beyond it
 * @throws RangeError if the search does not end, which no distribution function should cause
 */
export function solveQuantile(
  evaluate: (x: number) => TailProbabilities,
  u: number,
  v: number,
  start: number,
  low: number,
  high: number,
): number {
  const inLowerTail = u <= 0.5;
  const target = inLowerTail ? u : v;
  let left = low;
  let right = high;
  let x = Math.min(Math.max(start, left), right);
  for (let step = 0; step < MOST_STEPS; step++) {
    const { lower, upper, slope } = evaluate(x);
    const tail = inLowerTail ? lower : upper;
    const tooFar = inLowerTail ? lower > target : upper < target;
    if (tail === target) return x;
    if (tooFar) right = x;
    else left = x;
    // d ln(tail) / d ln(x) = ± slope / tail
    const newton = ((inLowerTail ? 1 : -1) * (ln(target / tail) * tail)) / slope;
    if (Math.abs(newton) < LAST_STEP) return Math.min(Math.max(x + x * newton, low), high);
    const next = x * exp(newton);
    // The comparison is false for a NaN too (an underflown tail or slope), which then halves the bracket.
    const inside = next > left && next < right;
    x = inside ? next : Math.sqrt(left) * Math.sqrt(right);
    if (x <= left || x >= right) return x;
  }
  throw new RangeError(`no quantile found for u = ${u} between ${low} and ${high}`);
}
