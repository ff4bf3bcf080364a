import { describe, expect, it } from "vitest";
import { naiveForecasts } from "./naive-forecasts.ts";

const history = (values: readonly number[], start = 2010) => values.map((value, i) => ({ time: start + i, value }));

describe("naive forecasts", () => {
  it("of no history are none", () => {
    expect(naiveForecasts([], 2021)).toEqual({ last: null, trend: null, logistic: null });
  });

  it("of one value: that value, and no line", () => {
    expect(naiveForecasts(history([4]), 2021)).toEqual({
      last: { mean: 4, deviation: 0 },
      trend: null,
      logistic: null,
    });
  });

  it("of a straight line go on along it, without spread", () => {
    const { last, trend } = naiveForecasts(history([1, 3, 5, 7]), 2015);
    expect(last).toEqual({ mean: 7, deviation: 0 });
    expect(trend!.mean).toBeCloseTo(11, 12);
    expect(trend!.deviation).toBeCloseTo(0, 12);
  });

  it("have the residuals' spread: 0, 2, 1 is 0.5 + 0.5 t, residuals -.5, 1, -.5, variance 1.5 / 1", () => {
    const { trend } = naiveForecasts(history([0, 2, 1]), 2013);
    expect(trend!.mean).toBeCloseTo(2, 12);
    expect(trend!.deviation).toBeCloseTo(Math.sqrt(1.5), 12);
  });

  it("of two values state no spread", () => {
    expect(naiveForecasts(history([1, 2]), 2012).trend).toMatchObject({ deviation: 0 });
  });

  it("of a logistic curve go on along it", () => {
    const curve = (t: number) => 100 / (1 + Math.exp(-(t - 2015) / 10));
    const points = [2010, 2014, 2020].map((time) => ({ time, value: curve(time) }));
    const { logistic } = naiveForecasts(points, 2030, 100);
    expect(logistic!.mean).toBeCloseTo(curve(2030), 9);
    expect(logistic!.deviation).toBeCloseTo(0, 9);
  });

  it("have no logistic curve through a value at the ceiling", () => {
    expect(naiveForecasts(history([50, 100]), 2012, 100).logistic).toBeNull();
  });
});
