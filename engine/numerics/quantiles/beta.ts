import { incompleteBeta } from "../incomplete-beta.ts";
import { isNoProbability, requireParameters } from "./probability.ts";
import { solveQuantile } from "./solve-quantile.ts";

/**
 * The u-quantile of the beta distribution with shapes a and b, on [0, 1].
 *
 * Solved for x below ½ and for 1 - x above, so that neither end loses digits.
 *
 * @throws RangeError unless a, b > 0, both finite
 */
export function quantileBeta(u: number, a: number, b: number): number {
  requireParameters(a > 0 && b > 0 && Number.isFinite(a + b), "beta", [a, b]);
  if (isNoProbability(u)) return Number.NaN;
  if (u === 0 || u === 1) return u;
  if (a === b && u === 0.5) return 0.5;
  const middle = incompleteBeta(0.5, 0.5, a, b);
  const below = u <= 0.5 ? u <= middle.lower : 1 - u >= middle.upper;
  return below ? lowerHalf(u, a, b) : 1 - lowerHalf(1 - u, b, a);
}

/** The quantile, known to be at most ½. */
function lowerHalf(u: number, a: number, b: number): number {
  return solveQuantile((x) => incompleteBeta(x, 1 - x, a, b), u, a / (a + b), Number.MIN_VALUE, 0.5);
}
