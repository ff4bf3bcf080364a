import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type PointScore, type ScoreInput, scoreGroup, scorePoint } from "./score.ts";
import { theilInequality } from "./theil-inequality.ts";

const input = (draws: readonly number[], observed: number, more: Partial<ScoreInput> = {}): ScoreInput => ({
  variable: "gdp",
  unit: "亿元",
  area: "530000",
  time: 2021,
  observed,
  draws: Float64Array.from(draws),
  history: [],
  ceiling: null,
  ...more,
});
const series = (pairs: readonly (readonly [simulated: number, observed: number])[]): PointScore[] =>
  pairs.map(([s, a], i) => scorePoint(input([s], a, { time: 2021 + i })));

describe("a point", () => {
  it("a perfect forecast: all errors are zero, every band holds it", () => {
    const found = scorePoint(input([8, 8, 8], 8));
    expect(found).toMatchObject({ median: 8, error: 0, percentError: 0, crps: 0, rank: 0.5 });
    expect(found.inside).toEqual([true, true, true]);
  });

  it("draws 0 to 100 and 80: the median 50 is 30 too low, in the 80 % band but not in that of 50 %", () => {
    const found = scorePoint(input([...Array(101).keys()], 80));
    expect(found).toMatchObject({ n: 101, median: 50, error: -30, percentError: -37.5 });
    expect(found.inside).toEqual([false, true, true]);
    expect(found.rank).toBeCloseTo(80.5 / 101, 14);
  });

  it("failed runs do not count", () => {
    expect(scorePoint(input([Number.NaN, 4, 2], 3))).toMatchObject({ n: 2, median: 3, crps: 0.5 });
  });

  it("naive forecasts are scored from the history: last value 6, line 8", () => {
    const history = [2018, 2019, 2020].map((time, i) => ({ time, value: 2 + 2 * i }));
    const { naiveCrps } = scorePoint(input([9], 9, { history }));
    expect(naiveCrps.last).toBe(3);
    expect(naiveCrps.trend).toBeCloseTo(1, 9);
    expect(naiveCrps.logistic).toBeNull();
  });
});

describe("a group", () => {
  it("bias, MAE and MAPE by hand: errors 1, -2, 3 of 10, 20, 20", () => {
    const found = scoreGroup(
      series([
        [11, 10],
        [18, 20],
        [23, 20],
      ]),
    );
    expect(found).toMatchObject({ n: 3, mae: 2, crps: 2 });
    expect(found.bias).toBeCloseTo(2 / 3, 14);
    expect(found.mape).toBeCloseTo(35 / 3, 12);
    expect(found.coverage).toEqual([0, 0, 0]);
  });

  it("counts the series that beat all naive forecasts", () => {
    const history = [2019, 2020].map((time) => ({ time, value: 5 }));
    const near = scorePoint(input([8.5], 9, { history }));
    const far = scorePoint(input([20], 9, { history, area: "530100" }));
    expect(scoreGroup([near, far])).toMatchObject({ compared: 2, better: 1 });
  });

  it("of several units has no error with a unit, but percent errors and coverage", () => {
    const found = scoreGroup([scorePoint(input([9], 10)), scorePoint(input([55], 50, { variable: "u", unit: "%" }))]);
    expect(found).toMatchObject({ bias: null, mae: null, crps: null, theil: null, mape: 10 });
  });

  it("the 80 % band of many draws holds 80 % of values drawn in the same way", () => {
    const draws = Float64Array.from({ length: 1001 }, (_, i) => i);
    const points = Array.from({ length: 100 }, (_, i) => scorePoint({ ...input([], 10 * i + 5), draws }));
    expect(scoreGroup(points).coverage).toEqual([0.5, 0.8, 0.96]);
  });
});

describe("Theil's inequality statistics", () => {
  it.each([
    ["a constant error is bias", [2, 3, 4], [1, 2, 3], { bias: 1, variation: 0, covariation: 0 }],
    ["a swing too wide is variation", [-2, 0, 2], [-1, 0, 1], { bias: 0, variation: 1, covariation: 0 }],
    [
      "the same swing at another time is covariation",
      [1, 0, -1],
      [-1, 0, 1],
      { bias: 0, variation: 0, covariation: 1 },
    ],
  ])("%s", (_, simulated, observed, expected) => {
    const found = theilInequality(simulated, observed)!;
    for (const part of ["bias", "variation", "covariation"] as const)
      expect(found[part], part).toBeCloseTo(expected[part], 12);
  });

  it("are none without an error or with a single point", () => {
    expect(theilInequality([1, 2], [1, 2])).toBeNull();
    expect(theilInequality([1], [2])).toBeNull();
  });

  it("sum to one", () => {
    const pair = fc.tuple(fc.integer({ min: -99, max: 99 }), fc.integer({ min: -99, max: 99 }));
    fc.assert(
      fc.property(fc.array(pair, { minLength: 2 }), (pairs) => {
        const found = theilInequality(
          pairs.map(([s]) => s),
          pairs.map(([, a]) => a),
        );
        if (found) expect(found.bias + found.variation + found.covariation).toBeCloseTo(1, 9);
        else expect(pairs.every(([s, a]) => s === a)).toBe(true);
      }),
    );
  });
});
