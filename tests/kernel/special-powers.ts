/** Powers, exponentials and logarithms of all pairs of special values, in loops and outside, with operands that change in one of two loops or in both. */
import { planParameters } from "../../engine/ensemble/plan-parameters.ts";
import { goodModel } from "../../engine/testing/compile-text.ts";
import type { RandomProgram } from "./random-program.ts";

/** Zeros, subnormal numbers and their neighbours, whole numbers and halves, edges of exp, the largest, infinities, NaN. */
export const SPECIAL = [
  ...[
    0,
    5e-324,
    1e-310,
    2.2250738585072014e-308,
    2 ** -27,
    0.5,
    1,
    1.5,
    2,
    2.5,
    3,
    20,
    709.782712893384,
    745.1332191019411,
  ],
  ...[2 ** 31, 2 ** 52 - 0.5, 2 ** 53, 1e20, Number.MAX_VALUE, Number.POSITIVE_INFINITY],
]
  .flatMap((x) => [x, -x])
  .concat(Number.NaN);

/** Each lane has the values of another element, so that neighbouring lanes take different branches. */
export function specialPowers(): RandomProgram {
  const values = SPECIAL.concat(0.3, 7, 12.5);
  const yaml = `model: {name: special, time: {start: 0, stop: 1, step: 1, save: 1, unit: "1"}}
dimensions: {i: {elements: 1..${values.length}}, j: {elements: 1..${values.length}}}
parameters:
  x[i]: {value: 1, unit: "1"}
  y[j]: {value: 1, unit: "1"}
  z: {value: 1, unit: "1"}
auxiliaries:
  base[i, j]: {equation: "x^y * (x / 4)^(1 - y)", unit: "1", indicator: end}
  exponent[i, j]: {equation: "y^x * z^x", unit: "1", indicator: end}
  sums[i]: {equation: "sum(x^y / exp(y - x) + ln(x)^y, j)", unit: "1", indicator: end}
  alone: {equation: "z^z + exp(z) * ln(z) + z^0.3", unit: "1", indicator: end}
`;
  const { model, program } = goodModel(yaml);
  const parameters = planParameters(model, program);
  const load = (memory: Float64Array, n: number): void => {
    for (const { name, base, size } of parameters) {
      const step = name === "x" ? 1 : 3;
      for (let e = 0; e < size; e++)
        for (let l = 0; l < n; l++) memory[(base + e) * n + l] = values[(e + step * l) % values.length]!;
    }
  };
  return { yaml, program, inputs: { load } };
}
