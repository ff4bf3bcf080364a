import { describe, expect, it } from "vitest";
import { type ChartData, dataText, recordingInput } from "./chart-data.ts";
import { chartSpec } from "./chart-spec.ts";
import { SAMPLE_CATALOG, SAMPLE_CHARTS, SAMPLE_INPUT } from "./testing/sample-input.ts";

function dataOf(name: string): ChartData {
  const chart = SAMPLE_CHARTS.find((one) => one.name === name)!;
  const recorded = recordingInput(SAMPLE_INPUT);
  chartSpec(chart, recorded.input, "en");
  return recorded.dataOf(chart);
}

describe("the data of a chart", () => {
  it("is every cell that was read, in the model's unit", () => {
    const { columns, rows } = dataOf("population");
    const { mean, q10 } = SAMPLE_INPUT.series({ scenario: "baseline", indicator: "population_total", key: "" });
    expect(columns.slice(0, 9)).toEqual([
      "scenario",
      "reference",
      "indicator",
      "key",
      "unit",
      "time",
      "n",
      "mean",
      "q2_5",
    ]);
    expect(rows).toHaveLength(SAMPLE_CATALOG.saveTimes.length);
    const [first] = rows;
    expect(first?.slice(0, 7)).toEqual(["baseline", "", "population_total", "", "person", 2020, 998]);
    expect(first?.[7]).toBeCloseTo(mean[0]!, 0);
    expect(first?.[9]).toBeCloseTo(q10[0]!, 0);
  });

  it("has levels and differences of a comparison", () => {
    const { rows } = dataOf("plan_effect");
    expect(new Set(rows.map(([scenario, reference]) => `${scenario}-${reference}`))).toEqual(
      new Set(["baseline-", "plan_full-", "plan_full-baseline"]),
    );
  });

  it("of chosen years holds those alone", () => {
    expect(new Set(dataOf("map").rows.map((row) => row[5]))).toEqual(new Set([2020, 2035]));
  });

  it("of other kinds has columns of its own", () => {
    expect(dataOf("attainment").columns).toEqual(["scenario", "target", "time", "n", "share", "share_se"]);
    expect(dataOf("drivers").rows[0]).toEqual(["productivity", 0.55, 0.48, 0.62, 0.7]);
    expect(dataOf("watched").rows).toHaveLength(2);
    expect(dataOf("evidence").rows).toHaveLength(SAMPLE_CATALOG.indicators.length);
  });

  it("is null where no run has a value, and JSON with a row a line", () => {
    const nothing = SAMPLE_CATALOG.saveTimes.map(() => Number.NaN);
    const chart = SAMPLE_CHARTS.find(({ name }) => name === "ratio")!;
    const recorded = recordingInput({
      ...SAMPLE_INPUT,
      series: (query) => ({ ...SAMPLE_INPUT.series(query), mean: nothing }),
    });
    chartSpec(chart, recorded.input, "en");
    const text = dataText(recorded.dataOf(chart));
    expect(JSON.parse(text).rows[0][7]).toBeNull();
    expect(text.split("\n")).toHaveLength(JSON.parse(text).rows.length + 3);
  });
});
