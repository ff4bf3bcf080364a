import { exp } from "../exp.ts";
import { normalQuantile } from "../normal-quantile.ts";
import { isNoProbability, requireParameters } from "./probability.ts";

/**
 * The u-quantile of the lognormal distribution whose logarithm has mean mu and standard deviation sigma.
 *
 * @throws RangeError unless sigma ≥ 0 and both are finite
 */
export function quantileLognormal(u: number, mu: number, sigma: number): number {
  requireParameters(sigma >= 0 && Number.isFinite(sigma) && Number.isFinite(mu), "lognormal", [mu, sigma]);
  if (isNoProbability(u)) return Number.NaN;
  return exp(sigma === 0 ? mu : mu + sigma * normalQuantile(u));
}
