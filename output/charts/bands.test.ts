import { describe, expect, it } from "vitest";
import type { BandPreset } from "../../engine/ensemble/band-presets.ts";
import { bandColour, bandFields, bandsOf, fanLegend, quantileOf } from "./bands.ts";
import { LANGUAGES } from "./chart-input.ts";
import { ChartError } from "./chart-problem.ts";
import { chartSpec } from "./chart-spec.ts";
import { drawEach, specText } from "./draw-charts.ts";
import { BLUE_FAN } from "./style.ts";
import { SAMPLE_CATALOG, SAMPLE_CHARTS, SAMPLE_INPUT } from "./testing/sample-input.ts";

const FAN = SAMPLE_CHARTS.find(({ kind }) => kind === "fan")!;
const PRESETS: readonly (readonly [BandPreset, number, string, string])[] = [
  ["terrace", 3, "median with 50, 80 and 95% bands", "中位数及50%、80%、95%区间"],
  ["bank-of-england", 9, "median with 10 to 90% (in steps of 10) bands", "中位数及10%至90%（每10%一级）区间"],
  ["un", 2, "median with 80 and 95% bands", "中位数及80%、95%区间"],
  ["ipcc", 2, "median with 66 and 90% bands", "中位数及66%、90%区间"],
  ["vensim", 4, "median with 50, 75, 95 and 100% bands", "中位数及50%、75%、95%、100%区间"],
];

describe("bands of institutions", () => {
  it.each(PRESETS)("%s: as many areas as bands, named under the heading", (bands, count, english, chinese) => {
    const input = { ...SAMPLE_INPUT, bands };
    for (const language of LANGUAGES) {
      const text = specText(chartSpec(FAN, input, language));
      expect(text.match(/"type": "area"/g)).toHaveLength(count);
      expect(text.toLowerCase()).toContain(language === "en" ? english : chinese);
    }
  });

  it.each(PRESETS.slice(1))("%s: a caption explains them, in both languages", (bands) => {
    const [en, zh] = LANGUAGES.map((language) => specText(chartSpec(FAN, { ...SAMPLE_INPUT, bands }, language)));
    expect(en).toMatch(/Bands (as in|after) the/);
    expect(zh).toContain("区间画法仿");
  });

  it("draw every chart", async () => {
    const charts = SAMPLE_CHARTS.filter(({ kind }) => kind === "fan" || kind === "multiples" || kind === "paired");
    const input = { ...SAMPLE_INPUT, bands: "bank-of-england" as const, catalog: { ...SAMPLE_CATALOG, charts } };
    for (const { svg } of await drawEach(input, ["en"])) expect(svg).not.toMatch(/NaN|undefined/);
  });

  it("say how to get a quantile that the results do not have", () => {
    const input = {
      ...SAMPLE_INPUT,
      bands: "ipcc" as const,
      series: (query: Parameters<typeof SAMPLE_INPUT.series>[0]) => ({
        ...SAMPLE_INPUT.series(query),
        quantile: () => undefined,
      }),
    };
    expect(() => chartSpec(FAN, input, "en")).toThrow(ChartError);
    expect(() => chartSpec(FAN, input, "en")).toThrow("no 17 % quantile: run again with --quantiles ipcc");
  });
});

describe("quantiles and tints", () => {
  it("have fields by their per cent", () => {
    expect([95, 66, 75, 100].map(bandFields)).toEqual([
      ["q2_5", "q97_5"],
      ["q17", "q83"],
      ["q12_5", "q87_5"],
      ["q0", "q100"],
    ]);
  });

  it("are the standard ones where the summary has them anyway", () => {
    const series = SAMPLE_INPUT.series({ scenario: "baseline", indicator: "gdp_total", key: "" });
    expect(quantileOf(series, 97.5, {})).toBe(series.q97_5);
  });

  it("get lighter from the narrowest band outwards", () => {
    const bands = bandsOf({ bands: "bank-of-england" });
    const lightness = bands.map((percent) => {
      const colour = bandColour(percent, bands, BLUE_FAN);
      return [1, 3, 5].reduce((sum, at) => sum + Number.parseInt(colour.slice(at, at + 2), 16), 0);
    });
    expect(lightness).toEqual([...lightness].sort((a, b) => a - b));
    expect(new Set(lightness).size).toBe(bands.length);
  });

  it("name three of many bands in the legend", () => {
    const labels = fanLegend(bandsOf({ bands: "bank-of-england" }), BLUE_FAN, "en").map(({ label }) => label);
    expect(labels).toEqual(["Median", "10% band", "50% band", "90% band"]);
  });
});
