/** The value of a distribution at a probability: how a uniform number becomes a parameter. */
import type { Distribution } from "../model/distribution.ts";
import {
  quantileBeta,
  quantileLognormal,
  quantileNormal,
  quantileTriangular,
  quantileTruncatedNormal,
  quantileUniform,
} from "../numerics/index.ts";

/** Quantile of a distribution at `u` in (0, 1). */
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
  }
}
