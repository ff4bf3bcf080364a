/** asin, acos and atan in vectors: the operations of numerics/asin.ts, acos.ts, arc-sine-polynomial.ts and atan.ts in the same order. */
import * as arcSine from "../../numerics/arc-sine-polynomial.ts";
import * as arcTangent from "../../numerics/atan.ts";
import type { NodeId, VectorGraph } from "./graph.ts";
import { linear, withSign } from "./odd.ts";

/** Four coefficients in z, from the lowest. */
function four(g: VectorGraph, z: NodeId, z2: NodeId, [a, b, c, d]: readonly number[]): NodeId {
  return g.add(linear(g, a!, b!, z), g.multiply(z2, linear(g, c!, d!, z)));
}

/** What asin and acos share: asin(t) / t - 1 of z = t², and √z in two parts. */
function arcSineParts(g: VectorGraph, x: NodeId) {
  const c = (value: number) => g.constant(value);
  const size = g.operation("f64x2.abs", x);
  const near = g.operation("f64x2.le", size, c(0.5));
  const z = g.choose(near, g.multiply(size, size), g.multiply(c(0.5), g.subtract(c(1), size)));
  const z2 = g.multiply(z, z);
  const z4 = g.multiply(z2, z2);
  const { A0, A1, A2, A3, A4, A5, A6, A7, A8, A9, A10, A11, A12, A13, ROUND_TO_2_27 } = arcSine;
  const start = g.add(four(g, z, z2, [A0, A1, A2, A3]), g.multiply(z4, four(g, z, z2, [A4, A5, A6, A7])));
  const end = g.add(four(g, z, z2, [A8, A9, A10, A11]), g.multiply(z4, linear(g, A12, A13, z)));
  const rest = g.multiply(z, g.add(start, g.multiply(g.multiply(z4, z4), end)));
  const root = g.operation("f64x2.sqrt", z);
  const coarse = g.subtract(g.add(root, c(ROUND_TO_2_27)), c(ROUND_TO_2_27));
  const ofRoot = g.divide(g.subtract(z, g.multiply(coarse, coarse)), g.add(root, coarse));
  const rootRest = g.choose(g.operation("f64x2.eq", z, c(0)), c(0), ofRoot);
  return { size, near, rest, coarse, correction: g.add(rootRest, g.multiply(root, rest)) };
}

export function vectorAsin(g: VectorGraph, x: NodeId): NodeId {
  const c = (value: number) => g.constant(value);
  const { size, near, rest, coarse, correction } = arcSineParts(g, x);
  const high = g.subtract(c(arcSine.HALF_PI_HIGH), g.multiply(c(2), coarse));
  const far = g.add(high, g.subtract(c(arcSine.HALF_PI_LOW), g.multiply(c(2), correction)));
  return withSign(g, x, g.choose(near, g.add(size, g.multiply(size, rest)), far));
}

export function vectorAcos(g: VectorGraph, x: NodeId): NodeId {
  const c = (value: number) => g.constant(value);
  const { near, rest, coarse, correction } = arcSineParts(g, x);
  const [high, low] = [c(arcSine.HALF_PI_HIGH), c(arcSine.HALF_PI_LOW)];
  const middle = g.subtract(high, g.subtract(x, g.subtract(low, g.multiply(x, rest))));
  const right = g.multiply(c(2), g.add(coarse, correction));
  const left = g.multiply(c(2), g.add(g.subtract(high, coarse), g.subtract(low, correction)));
  return g.choose(near, middle, g.choose(g.operation("f64x2.gt", x, c(0)), right, left));
}

export function vectorAtan(g: VectorGraph, x: NodeId): NodeId {
  const c = (value: number) => g.constant(value);
  const { A0, A1, A2, A3, A4, A5, A6, A7, A8, A9, A10, A11, A12, A13, A14, A15 } = arcTangent;
  const size = g.operation("f64x2.abs", x);
  const first = g.operation("f64x2.le", size, c(arcTangent.FIRST_CELL));
  const second = g.operation("f64x2.le", size, c(arcTangent.SECOND_CELL));
  const cell = (a: NodeId, b: NodeId, other: NodeId) => g.choose(first, a, g.choose(second, b, other));
  const above = cell(size, g.subtract(size, c(1)), c(-1));
  const below = cell(c(1), g.add(size, c(1)), size);
  const quarters = cell(c(0), c(1), c(2));
  const t = g.divide(above, below);
  const z = g.multiply(t, t);
  const z2 = g.multiply(z, z);
  const z4 = g.multiply(z2, z2);
  const start = g.add(four(g, z, z2, [A0, A1, A2, A3]), g.multiply(z4, four(g, z, z2, [A4, A5, A6, A7])));
  const end = g.add(four(g, z, z2, [A8, A9, A10, A11]), g.multiply(z4, four(g, z, z2, [A12, A13, A14, A15])));
  const polynomial = g.add(start, g.multiply(g.multiply(z4, z4), end));
  const low = g.add(g.multiply(g.multiply(t, z), polynomial), g.multiply(quarters, c(arcTangent.QUARTER_PI_LOW)));
  const result = g.add(g.multiply(quarters, c(arcTangent.QUARTER_PI_HIGH)), g.add(t, low));
  return withSign(g, x, result);
}
