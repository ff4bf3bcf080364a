/** What the charts of drivers, parts, warnings, signals and growth compute, beside their golden specifications. */
import { describe, expect, it } from "vitest";
import type { CatalogChart } from "../../engine/ensemble/catalog.ts";
import { signalQuality } from "./backtest.ts";
import { recordingInput } from "./chart-data.ts";
import type { ChartInput } from "./chart-input.ts";
import { chartSpec } from "./chart-spec.ts";
import { leastSquares } from "./convergence.ts";
import { chartsNotDrawn, specText } from "./draw-charts.ts";
import { medianFirst } from "./targets.ts";
import { SAMPLE_CATALOG, SAMPLE_CHARTS, SAMPLE_INPUT } from "./testing/sample-input.ts";

const chartNamed = (name: string) => SAMPLE_CHARTS.find((chart) => chart.name === name)!;
const textOf = (name: string, input: ChartInput = SAMPLE_INPUT) => specText(chartSpec(chartNamed(name), input, "en"));
const withCatalog = (change: Partial<ChartInput["catalog"]>): ChartInput => ({
  ...SAMPLE_INPUT,
  catalog: { ...SAMPLE_CATALOG, ...change },
});

describe("decomposition", () => {
  it("has parts and interaction that add up to the whole", () => {
    const rows = [...textOf("pillars").matchAll(/"kind":"(part|interaction|whole)","mean":(-?[\d.e-]+)/g)];
    const sumOf = (kinds: readonly string[], from: number) =>
      rows
        .slice(from, from + 4)
        .filter(([, kind]) => kinds.includes(kind!))
        .reduce((sum, [, , mean]) => sum + Number(mean), 0);
    expect(rows).toHaveLength(8);
    for (const from of [0, 4]) {
      expect(sumOf(["part", "interaction"], from)).toBeCloseTo(sumOf(["whole"], from), 3);
    }
  });

  it("has a band at the interaction where it has been computed, and says what it needs where not", () => {
    const chart = chartNamed("pillars") as Extract<CatalogChart, { kind: "decomposition" }>;
    const { scenario, scenarios } = chart;
    const computed = { scenario, scenarios, time: 2035, n: 1000, low: -3, high: 5 };
    const interactions = chart.indicators.map((indicator) => ({ ...computed, indicator }));
    const bands = (text: string) => text.match(/"kind":"interaction","mean":[-\d.e]+,"low":/g) ?? [];
    expect(bands(textOf("pillars"))).toEqual([]);
    expect(textOf("pillars")).toContain("its band needs the runs");
    const text = textOf("pillars", { ...SAMPLE_INPUT, interactions });
    expect(bands(text)).toHaveLength(2);
    expect(text).toContain("draw by draw");
    const { dataOf } = recordingInput({ ...SAMPLE_INPUT, interactions });
    expect(dataOf(chart).rows.map((row) => [row[0], row[2], row[9], row[13]])).toEqual(
      chart.indicators.map((name) => [[scenario, ...scenarios].join(" - "), name, -3, 5]),
    );
  });

  it("refuses a whole that is its own part", () => {
    const chart = { ...chartNamed("pillars"), scenarios: ["plan_full", "no_transfer"] } as CatalogChart;
    expect(() => chartSpec(chart, SAMPLE_INPUT, "en")).toThrow("needs two parts or more");
  });
});

describe("tornado", () => {
  it("has the largest input first, on the side of its effect, and tells data from judgement", () => {
    const rows = [
      ...textOf("drivers").matchAll(/"lines":\["([^"]+)"\],"value":(-?[\d.]+).*?"isClear":(\w+),"isJudged":(\w+)/g),
    ];
    expect(rows.map(([, ...row]) => row)).toEqual([
      ["Growth of productivity\u00a0[C]", "55", "true", "false"],
      ["Return to schooling\u00a0[L]", "-18", "true", "true"],
      ["Delay of the opening, eastern line\u00a0[J]", "-2", "false", "true"],
    ]);
  });

  it("is left out where nobody has computed sensitivities", () => {
    const { sensitivity: _, ...input } = SAMPLE_INPUT;
    expect(chartsNotDrawn(input)).toEqual([{ name: "drivers", lacks: "sensitivity" }]);
  });
});

describe("charts of a batch without their scenarios", () => {
  it("are left out, with what they lack", () => {
    const scenarios = SAMPLE_CATALOG.scenarios.filter(({ name }) => name !== "low_fertility");
    expect(chartsNotDrawn(withCatalog({ scenarios }))).toEqual([
      { name: "pillars", lacks: "scenarios", scenarios: ["low_fertility"] },
    ]);
  });

  it("lack the reference where a scenario has taken its place", () => {
    const scenarios = SAMPLE_CATALOG.scenarios.filter(({ name }) => name === "plan_full");
    const left = chartsNotDrawn(withCatalog({ scenarios, reference: "plan_full" }));
    expect(left.filter(({ lacks }) => lacks === "reference").map(({ name }) => name)).toEqual([
      "plan_effect",
      "gains",
      "scenarios",
    ]);
  });
});

describe("lights", () => {
  it("show the median level, the range where runs differ, and the first red year", () => {
    const text = textOf("warnings");
    expect(text).toMatch(/"warning":"debt","place":"kunming","level":4,"label":"4"/);
    expect(text).toMatch(/"label":"2–3"/);
    expect(text).toMatch(/"warning":"→","place":"kunming","label":"20\d\d"/);
  });
});

describe("backtest", () => {
  it("counts the quality of a signal", () => {
    expect(signalQuality("x", 8, 2, 40, 160)).toEqual({
      threshold: "x",
      hitRate: 0.8,
      falseRate: 0.2,
      noiseToSignal: 0.25,
    });
    expect(signalQuality("x", 0, 5, 1, 9).noiseToSignal).toBe(Number.POSITIVE_INFINITY);
  });

  it("needs four counts of one dimension", () => {
    const chart = { ...chartNamed("trust"), indicators: ["signal_hits", "signal_misses"] } as CatalogChart;
    expect(() => chartSpec(chart, SAMPLE_INPUT, "en")).toThrow("needs four indicators of one dimension");
  });
});

describe("convergence", () => {
  it("fits a line by least squares", () => {
    expect(
      leastSquares([
        [0, 1],
        [1, 3],
        [2, 5],
      ]),
    ).toEqual({ slope: 2, intercept: 1 });
    expect(
      leastSquares([
        [1, 4],
        [1, 6],
      ]),
    ).toEqual({ slope: 0, intercept: 5 });
  });

  it("refuses levels that have no logarithm", () => {
    const zero = SAMPLE_CATALOG.saveTimes.map(() => 0);
    const input: ChartInput = { ...SAMPLE_INPUT, series: (query) => ({ ...SAMPLE_INPUT.series(query), q10: zero }) };
    expect(() => textOf("catching_up", input)).toThrow("must be above zero");
  });
});

describe("the first year of half of the runs", () => {
  const row = (time: number, first: number) => ({ time, n: 100, share: 0, se: 0, first });
  it("is where the counts pass one half", () => {
    expect(medianFirst([row(2020, 0), row(2021, 30), row(2022, 20), row(2023, 40)])).toBe(2022);
    expect(medianFirst([row(2020, 0), row(2021, 30)])).toBeUndefined();
    expect(medianFirst([{ time: 2020, n: 100, share: 1, se: 0 }])).toBeUndefined();
  });
});

describe("lines from a year on", () => {
  it("leave out what comes before, and say so", () => {
    const chart = { ...chartNamed("ratio"), from: 2025 } as CatalogChart;
    const text = specText(chartSpec(chart, SAMPLE_INPUT, "en"));
    expect(text).toContain("Drawn from 2025 on");
    expect(text).not.toContain('{"time":2024,');
    expect(text).toContain('{"time":2025,');
  });
});
