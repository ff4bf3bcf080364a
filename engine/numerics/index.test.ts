import { expect, it } from "vitest";
import * as numerics from "./index.ts";

it("exports the list of docs/numerics.md and nothing else", () => {
  expect(Object.keys(numerics).sort()).toEqual([
    "acos",
    "asin",
    "atan",
    "cos",
    "cosh",
    "exp",
    "expExponent",
    "expSignificand",
    "fillUniform",
    "ln",
    "log10",
    "normalCdf",
    "normalQuantile",
    "power",
    "powerInteger",
    "quantileBeta",
    "quantileGamma",
    "quantileLognormal",
    "quantileNormal",
    "quantilePert",
    "quantileTriangular",
    "quantileTruncatedNormal",
    "quantileUniform",
    "scaleByPowerOf4",
    "sin",
    "sinh",
    "streamOf",
    "tan",
    "tanh",
    "uniform",
  ]);
});
