import { expect, it } from "vitest";
import type { SummarySeries } from "./chart-input.ts";
import { coverageLines, coverageOf } from "./coverage.ts";

/** Bands around 10: 80 % from 8 to 12, 95 % from 6 to 14; at 2013 no run has a value. */
const times = [2010, 2011, 2012, 2013];
const level = (value: number) => times.map((time) => (time === 2013 ? Number.NaN : value));
const series: SummarySeries = {
  times,
  n: [50, 50, 50, 0],
  mean: level(10),
  q2_5: level(6),
  q10: level(8),
  q25: level(9),
  q50: level(10),
  q75: level(11),
  q90: level(12),
  q97_5: level(14),
};

it("counts what was measured after the start, where runs have values", () => {
  const observed = { time: [2009, 2010, 2011, 2012, 2013, 2040], value: [10, 10, 12, 13, 10, 10] };
  expect(coverageOf([{ series, observed }], 2010)).toEqual({ measured: 2, in80: 1, in95: 2 });
});

it("adds up over cells, those without measurements too", () => {
  const cells = [
    { series, observed: { time: [2011], value: [5] } },
    { series, observed: undefined },
    { series, observed: { time: [2011, 2012], value: [Number.NaN, 9] } },
  ];
  expect(coverageOf(cells, 2010)).toEqual({ measured: 2, in80: 1, in95: 1 });
  expect(coverageLines(cells, 2010, "en")).toEqual([
    "Of 2 values measured since the start, 1 lie in the 80% band and 1 in the 95% band",
  ]);
});

it("says nothing where nothing was measured since the start", () => {
  expect(coverageLines([{ series, observed: { time: [2010], value: [10] } }], 2010, "zh")).toEqual([]);
});
