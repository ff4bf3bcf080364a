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
  const v = 1 - u;
  const tails = incompleteBeta(a, b);
  const middle = tails(0.5);
  const below = u <= 0.5 ? u <= middle.lower : v >= middle.upper;
  // The quantile of the smaller of x and 1 - x, which is at most ½.
  if (below) return solveQuantile(tails, u, v, a / (a + b), Number.MIN_VALUE, 0.5);
  return 1 - solveQuantile(incompleteBeta(b, a), v, u, b / (a + b), Number.MIN_VALUE, 0.5);
}
