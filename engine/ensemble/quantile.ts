/** How uniform numbers become the values of a parameter. */
import { InternalError } from "../diagnostics/diagnostic.ts";
import type { Distribution } from "../model/distribution.ts";
import {
  quantileBeta,
  quantileGamma,
  quantileLognormal,
  quantileNormal,
  quantilePert,
  quantileTriangular,
  quantileTruncatedNormal,
  quantileUniform,
} from "../numerics/index.ts";

/**
 * Quantile of a distribution at `u` in (0, 1).
 *
 * It does not decrease with u, but for rounding, except for `joint`, where u chooses a row; for `dirichlet` it is that of the gamma distribution
 * from which the share is made.
 */
export function quantile({ family, parameters }: Distribution, u: number): number {
  const [a, b, c, d] = parameters as [number, number, number?, number?];
  switch (family) {
    case "uniform":
      return quantileUniform(u, a, b);
    case "triangular":
      return quantileTriangular(u, a, b, c!);
    case "normal":
      return c === undefined ? quantileNormal(u, a, b) : quantileTruncatedNormal(u, a, b, c, d!);
    case "lognormal":
      return quantileLognormal(u, a, b);
    case "beta": {
      const share = quantileBeta(u, a, b);
      return c === undefined ? share : c + (d! - c) * share;
    }
    case "gamma":
      return quantileGamma(u, a, b);
    case "pert":
      return quantilePert(u, a, b, c!, d);
    case "discrete":
      return quantileDiscrete(parameters, u);
    case "dirichlet":
      return quantileGamma(u, a, 1);
    case "empirical":
    case "joint":
      return parameters[Math.min(Math.floor(u * parameters.length), parameters.length - 1)]!;
  }
}

/** The smallest value whose cumulated probability is at least u. */
function quantileDiscrete(pairs: readonly number[], u: number): number {
  let cumulated = 0;
  let last = 0;
  for (let i = 0; i < pairs.length; i += 2) {
    if (pairs[i + 1]! === 0) continue;
    last = pairs[i]!;
    cumulated += pairs[i + 1]!;
    if (u <= cumulated) return last;
  }
  // Rounding may leave the sum of all probabilities just below u.
  return last;
}

/**
 * Values of all elements of a parameter from their uniform numbers.
 *
 * Shares of a `dirichlet` are gamma numbers divided by their sum over the last dimension (L. Devroye, Non-Uniform Random Variate
 * Generation, 1986, XI.4), so each share increases with its own uniform number.
 *
 * @param shareLength length of the last dimension
 */
export function parameterValues(
  distributions: readonly Distribution[],
  shareLength: number,
  uniforms: Float64Array,
  out: Float64Array,
): void {
  for (const [e, distribution] of distributions.entries()) out[e] = quantile(distribution, uniforms[e]!);
  if (distributions[0]?.family === "dirichlet") normalise(out, distributions.length, shareLength);
}

/** Divides every run of `length` numbers by its sum. */
function normalise(values: Float64Array, count: number, length: number): void {
  for (let from = 0; from < count; from += length) {
    let sum = 0;
    for (let i = from; i < from + length; i++) sum += values[i]!;
    if (!(sum > 0)) throw new InternalError(`shares of a Dirichlet distribution sum to ${sum}`);
    for (let i = from; i < from + length; i++) values[i] = values[i]! / sum;
  }
}

/** Values that stand for distributions in a run at central values: medians, but mean shares of a `dirichlet`. */
export function centralValues(distributions: readonly Distribution[], shareLength: number): Float64Array {
  const values = Float64Array.from(distributions, ({ family, parameters }) => {
    if (family === "dirichlet") return parameters[0]!;
    if (family !== "joint") return quantile({ family, parameters }, 0.5);
    return quantile({ family: "empirical", parameters: [...parameters].sort((a, b) => a - b) }, 0.5);
  });
  if (distributions[0]?.family === "dirichlet") normalise(values, values.length, shareLength);
  return values;
}
