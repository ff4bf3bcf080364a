import { describe, expect, it } from "vitest";
import { ln } from "./log.ts";
import { power } from "./power.ts";
import { reference, ulpError } from "./reference.ts";
import { scattered } from "./sampled-error.ts";

const INF = Number.POSITIVE_INFINITY;
const NAN = Number.NaN;

/** C Annex F.10.4.4, one row a sentence. */
const special: readonly [x: number, y: number, expected: number][] = [
  [0, -3, INF],
  [-0, -3, -INF],
  [0, -2, INF],
  [-0, -2, INF],
  [-0, -2.5, INF],
  [0, -INF, INF],
  [-0, -INF, INF],
  [0, 3, 0],
  [-0, 3, -0],
  [-0, 2, 0],
  [-0, 2.5, 0],
  [-1, INF, 1],
  [-1, -INF, 1],
  [1, NAN, 1],
  [1, INF, 1],
  [NAN, 0, 1],
  [INF, -0, 1],
  [-8, 1 / 3, NAN],
  [0.5, -INF, INF],
  [-0.5, -INF, INF],
  [2, -INF, 0],
  [0.5, INF, 0],
  [-2, INF, INF],
  [-INF, -3, -0],
  [-INF, -2, 0],
  [-INF, -2.5, 0],
  [-INF, 3, -INF],
  [-INF, 2, INF],
  [-INF, 2.5, INF],
  [INF, -0.1, 0],
  [INF, 0.1, INF],
  [NAN, 1, NAN],
  [2, NAN, NAN],
  [-NAN, -1, NAN],
];

/** The error over scattered x and y with |y ln x| in [low, high]. */
function errorWhere(low: number, high: number): number {
  const xs = scattered("power x", 0.3, 3, 1500);
  const exponents = scattered("power y", low, high, 1500);
  let worst = 0;
  xs.forEach((x, i) => {
    const y = (exponents[i]! / Math.abs(ln(x))) * (i % 2 === 0 ? 1 : -1);
    worst = Math.max(worst, ulpError(power(x, y), reference.power(x, y)));
  });
  return worst;
}

describe("power", () => {
  it.each(special)("of %d and %d is %d, by C Annex F", (x, y, expected) => {
    expect(power(x, y)).toBe(expected);
  });

  it.each([
    [2, 10, 1024],
    [10, 300, 1e300],
    [-2, 3, -8],
    [-2, 4, 16],
    [4, 0.5, 2],
    [2, 1023, 2 ** 1023],
    [2, 1024, INF],
    [2, -1074, 5e-324],
    [2, -1076, 0],
    [5e-324, 1, 5e-324],
    [5e-324, -1, INF],
    [1.7976931348623157e308, 1, 1.7976931348623157e308],
    [1.0000000000000002, 1e300, INF],
    [0.9999999999999999, 1e300, 0],
    [3, 5e-324, 1],
    [-3, 9007199254740991, -INF],
    [-3, 9007199254740992, INF],
  ])("of %d and %d is %d", (x, y, expected) => {
    expect(power(x, y)).toBe(expected);
  });

  it.each([
    [0.01, 4, 0.92],
    [4, 10, 0.96],
    [10, 40, 1.9],
    [40, 100, 3.8],
    [100, 690, 23],
  ])("for |y ln x| from %d to %d is within %d ulp", (low, high, bound) => {
    expect(errorWhere(low, high)).toBeLessThanOrEqual(bound);
  });

  it("is within 1 ulp with the exponents of production functions", () => {
    const xs = scattered("production x", 1e-3, 20, 1500);
    const ys = scattered("production y", 0, 1, 1500);
    const errors = xs.map((x, i) => ulpError(power(x, ys[i]!), reference.power(x, ys[i]!)));
    expect(Math.max(...errors)).toBeLessThanOrEqual(0.91);
  });

  it.each([
    [1.1450585072931687, -68.79170880293788, 0.96],
    [1.1460395510125634, 279.53148939038533, 1.9],
    [1.1442995785008203, 714.6476707389851, 3.8],
    [1.1471407417211803, 4785.911876544078, 23],
    [90.16718696969963, -0.6904462817348707, 0.91],
  ])("of %d and %d, a worst input found, is within %d ulp", (x, y, bound) => {
    expect(ulpError(power(x, y), reference.power(x, y))).toBeLessThanOrEqual(bound);
  });
});
