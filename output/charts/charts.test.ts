import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CatalogChart, CatalogIndicator } from "../../engine/ensemble/catalog.ts";
import { type ChartInput, LANGUAGES, type Language } from "./chart-input.ts";
import { ChartError } from "./chart-problem.ts";
import { chartSpec } from "./chart-spec.ts";
import { type DrawnChart, drawCharts, drawEach, specText } from "./draw-charts.ts";
import { SAMPLE_CATALOG, SAMPLE_CHARTS, SAMPLE_INPUT } from "./testing/sample-input.ts";

const CASES = SAMPLE_CHARTS.flatMap((chart) => LANGUAGES.map((language) => ({ chart, language, name: chart.name })));

/** The sample with another catalog. */
function withCatalog(change: Partial<ChartInput["catalog"]>): ChartInput {
  return { ...SAMPLE_INPUT, catalog: { ...SAMPLE_CATALOG, ...change } };
}

function withIndicator(name: string, change: Partial<CatalogIndicator>): ChartInput {
  return withCatalog({
    indicators: SAMPLE_CATALOG.indicators.map((one) => (one.name === name ? { ...one, ...change } : one)),
  });
}

describe("chart specifications", () => {
  // A changed specification fails here; `npx vitest run output/charts -u` writes the new one, to be read in the diff.
  it.each(CASES)("$name in $language is the golden one", async ({ chart, language }) => {
    await expect(specText(chartSpec(chart, SAMPLE_INPUT, language))).toMatchFileSnapshot(
      `__golden__/${chart.name}.${language}.vl.txt`,
    );
  });

  it("are valid JSON with the same content when written one row a line", () => {
    const spec = chartSpec(SAMPLE_CHARTS[0]!, SAMPLE_INPUT, "zh");
    expect(JSON.parse(specText(spec))).toEqual(JSON.parse(JSON.stringify(spec)));
  });

  it.each(CASES)("$name in $language carry provenance and the sentence on forecasts", ({ chart, language }) => {
    const text = JSON.stringify(chartSpec(chart, SAMPLE_INPUT, language));
    expect(text).toContain(SAMPLE_CATALOG.model.hash.slice(0, 12));
    expect(text).toContain(SAMPLE_INPUT.facts.seed);
    expect(text).toContain(SAMPLE_INPUT.facts.command);
    expect(text).toContain(language === "zh" ? "情景推演，非预测" : "Scenario projection, not a forecast");
  });
});

describe("pictures", () => {
  let drawn: readonly DrawnChart[] = [];
  beforeAll(async () => {
    drawn = await drawEach(SAMPLE_INPUT);
  });

  it("are drawn for every chart in both languages", () => {
    expect(drawn.map(({ name, language }) => `${name}.${language}`)).toEqual(
      CASES.map(({ name, language }) => `${name}.${language}`),
    );
  });

  it("have marks, and no NaN, undefined or script", () => {
    for (const { name, language, svg } of drawn) {
      const marks = svg.match(/class="mark-(area|line|rect|symbol|text)/g) ?? [];
      expect(marks.length, `${name}.${language}`).toBeGreaterThan(3);
      expect(svg, `${name}.${language}`).not.toMatch(/NaN|undefined|Infinity|<script/);
    }
  });

  it("have a role, a title and a description for screen readers", () => {
    for (const { svg, title } of drawn) {
      expect(svg).toMatch(/^<svg [^>]*role="img"><title>[^<]+<\/title><desc>[^<]+<\/desc>/);
      expect(title).not.toBe("");
    }
  });

  it("say nothing of Vega's own, which is English in every language", () => {
    for (const { svg, language } of drawn) {
      expect(/aria-roledescription|aria-label="(Title|Subtitle|[XY]-axis|Symbol legend)/.test(svg)).toBe(false);
      if (language === "zh") expect(svg.match(/aria-label="[A-Za-z ]{12,}"/g) ?? []).toEqual([]);
    }
  });

  it("show titles of their language", () => {
    const svgOf = (name: string, language: Language) =>
      drawn.find((chart) => chart.name === name && chart.language === language)?.svg;
    expect(svgOf("population", "en")).toContain("Resident population of the province");
    expect(svgOf("population", "zh")).toContain("全省常住人口");
    expect(svgOf("urbanization_by_prefecture", "en")).toContain("Xishuangbanna");
    expect(svgOf("urbanization_by_prefecture", "zh")).toContain("西双版纳");
    expect(svgOf("attainment", "zh")).toContain("2025年≥35,000亿元");
  });

  it("are the same bytes when drawn again", async () => {
    const again = await drawEach(withCatalog({ charts: [SAMPLE_CHARTS[7]!, SAMPLE_CHARTS[2]!] }), ["zh"]);
    for (const { name, language, svg } of again) {
      expect(svg).toBe(drawn.find((chart) => chart.name === name && chart.language === language)?.svg);
    }
  });
});

describe("drawCharts", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "terrace-charts-"));
  });
  afterAll(async () => rm(folder, { recursive: true }));

  it("writes a spec and a picture for each chart and language", async () => {
    const input = withCatalog({ charts: SAMPLE_CHARTS.slice(0, 1) });
    const paths = await drawCharts(input, join(folder, "charts"));
    const files = [
      "population.data.json",
      "population.en.svg",
      "population.en.vl.json",
      "population.zh.svg",
      "population.zh.vl.json",
    ];
    expect((await readdir(join(folder, "charts"))).sort()).toEqual(files);
    expect(paths).toHaveLength(5);
    expect(await readFile(join(folder, "charts", "population.zh.svg"), "utf8")).toContain("情景推演，非预测");
  });

  it("refuses a name that would leave the folder", async () => {
    const input = withCatalog({ charts: [{ ...SAMPLE_CHARTS[0]!, name: "../out" }] });
    await expect(drawCharts(input, folder)).rejects.toThrow('"../out" cannot be the name of a chart\'s file');
  });
});

describe("text from strangers", () => {
  it("is escaped in pictures", async () => {
    const hostile = `</title><script>alert("1")</script>&'`;
    const input = withIndicator("population_total", { title: { en: hostile, zh: hostile } });
    const [chart] = await drawEach({ ...input, catalog: { ...input.catalog, charts: SAMPLE_CHARTS.slice(0, 1) } }, [
      "en",
    ]);
    expect(chart?.svg).not.toContain("<script");
    expect(chart?.svg).toContain("&lt;script&gt;");
  });

  it("is escaped in every kind of chart, in attributes too", async () => {
    const hostile = {
      en: `"><script>alert(1)</script> x="' onload="1`,
      zh: `"><script>alert(1)</script> x="' onload="1`,
    };
    const titled = <T extends object>(all: readonly T[]) => all.map((one) => ({ ...one, title: hostile }));
    const catalog = {
      ...SAMPLE_CATALOG,
      dimensions: titled(SAMPLE_CATALOG.dimensions).map((one) => ({ ...one, elements: titled(one.elements) })),
      indicators: titled(SAMPLE_CATALOG.indicators).map((one) => ({ ...one, unit: `"onload="1`, note: hostile })),
      scenarios: titled(SAMPLE_CATALOG.scenarios),
      targets: titled(SAMPLE_CATALOG.targets),
      drawInputs: titled(SAMPLE_CATALOG.drawInputs),
      // A phase plot needs a share, which the hostile unit is not; tables hold their columns to the width of their words.
      charts: titled(SAMPLE_CHARTS.filter(({ kind }) => kind !== "phase")),
    };
    for (const { name, svg } of await drawEach({ ...SAMPLE_INPUT, catalog }, ["en"])) {
      expect(svg, name).not.toMatch(/<script|<[^>]*" onload=|<[^>]*"onload=/);
    }
  });

  it("may be any element name in a label expression", async () => {
    const name = `a"]; alert(1) //`;
    const dimension = {
      name: "place",
      title: { en: "Place", zh: "地点" },
      elements: [{ name, title: { en: "A", zh: "甲" } }],
    };
    const input = withCatalog({
      dimensions: [dimension],
      indicators: SAMPLE_CATALOG.indicators.map((one) =>
        one.shape.length === 1 ? { ...one, shape: ["place"], keys: [name], observed: [] } : one,
      ),
      charts: [SAMPLE_CHARTS[3]!, SAMPLE_CHARTS[4]!],
    });
    const drawn = await drawEach(input, ["zh"]);
    expect(drawn.map(({ svg }) => svg.includes(">甲<"))).toEqual([true, true]);
  });
});

describe("requests that do not fit the results", () => {
  const fan: CatalogChart = { name: "x", kind: "fan", indicator: "gdp", key: "", scenario: "baseline" };
  const CASES_REFUSED: readonly (readonly [string, CatalogChart, string])[] = [
    ["an unknown indicator", fan, 'no indicator named "gdp"'],
    ["a scenario that was not run", { ...fan, indicator: "gdp_total", scenario: "none" }, 'no scenario named "none"'],
    [
      "small multiples of a scalar",
      { name: "x", kind: "multiples", indicator: "gdp_total", scenario: "baseline" },
      '"gdp_total" needs exactly one dimension',
    ],
    [
      "a stack over different dimensions",
      { name: "x", kind: "stacked", indicators: ["pairing", "gdp_total"], scenario: "baseline", years: [2025] },
      '"gdp_total" does not have the dimension of the bars, "prefecture"',
    ],
    [
      "a stack of different units",
      {
        name: "x",
        kind: "stacked",
        indicators: ["pairing", "population_prefecture"],
        scenario: "baseline",
        years: [2025],
      },
      '"population_prefecture" is not in the unit',
    ],
    [
      "a year that was not saved",
      { name: "x", kind: "stacked", indicators: ["pairing"], scenario: "baseline", years: [2041] },
      'no run has a value of "pairing" (kunming, 2041)',
    ],
    [
      "the reference against itself",
      { name: "x", kind: "paired", scenario: "baseline", indicators: ["gdp_total"] },
      "with itself",
    ],
  ];
  it.each(CASES_REFUSED)("%s", (_, chart, message) => {
    expect(() => chartSpec(chart, SAMPLE_INPUT, "en")).toThrow(ChartError);
    expect(() => chartSpec(chart, SAMPLE_INPUT, "en")).toThrow(message);
  });
});

describe("a stack of an indicator with two dimensions", () => {
  const kinds = ["general", "earmarked"].map((name) => ({ name, title: { en: `${name} grant`, zh: name } }));
  const grants: CatalogIndicator = {
    ...SAMPLE_CATALOG.indicators.find(({ name }) => name === "pairing")!,
    name: "grants",
    shape: ["prefecture", "kind"],
    keys: SAMPLE_CATALOG.dimensions[0]!.elements.flatMap((one) => kinds.map((kind) => `${one.name}|${kind.name}`)),
  };
  const asked: string[] = [];
  const input: ChartInput = {
    ...withCatalog({
      dimensions: [...SAMPLE_CATALOG.dimensions, { name: "kind", title: { en: "Kind", zh: "类别" }, elements: kinds }],
      indicators: [...SAMPLE_CATALOG.indicators, grants],
    }),
    series: (query) => {
      if (query.indicator === "grants") asked.push(query.key);
      return SAMPLE_INPUT.series({ ...query, indicator: "pairing", key: query.key.split("|")[0]! });
    },
  };
  const request = { name: "x", kind: "stacked", scenario: "baseline", years: [2035] } as const;

  it("has a part for each element of the second dimension, beside parts with one dimension", () => {
    const text = specText(chartSpec({ ...request, indicators: ["grants", "pairing"] }, input, "en"));
    for (const label of ["general grant", "earmarked grant", "Pairing assistance"]) expect(text).toContain(label);
    expect(text.match(/"part":"grants\|general"/g)).toHaveLength(16);
    expect(new Set(asked)).toEqual(new Set(grants.keys));
  });
});

describe("a stack with a part below zero", () => {
  const input: ChartInput = {
    ...SAMPLE_INPUT,
    series: (query) => {
      const series = SAMPLE_INPUT.series(query);
      return query.indicator === "pairing" ? { ...series, mean: Array.from(series.mean, (value) => -value) } : series;
    },
  };

  it("says that the number is the sum, and ends the bar where the positive parts end", () => {
    const text = specText(chartSpec(SAMPLE_CHARTS[4]!, input, "en"));
    expect(text).toContain("Parts below zero are drawn left of the line");
    const bars = [...text.matchAll(/"total":([\d.]+),"end":([\d.]+)/g)].map((found) => found.slice(1).map(Number));
    expect(bars).toHaveLength(32);
    for (const [total, end] of bars) expect(end).toBeGreaterThan(total!);
  });

  it("is not said of stacks without", () => {
    expect(specText(chartSpec(SAMPLE_CHARTS[4]!, SAMPLE_INPUT, "en"))).not.toContain("below zero");
  });
});

describe("times without any value", () => {
  it("are left out of the fan and named under it", () => {
    const input: ChartInput = {
      ...SAMPLE_INPUT,
      series: (query) => {
        const series = SAMPLE_INPUT.series(query);
        const cut = (values: ArrayLike<number>) =>
          Array.from(values, (value, index) => (index === 15 ? Number.NaN : value));
        return { ...series, q50: cut(series.q50), q10: cut(series.q10) };
      },
    };
    const text = specText(chartSpec(SAMPLE_CHARTS[0]!, input, "zh"));
    expect(text).toContain("2035年没有任何模拟给出数值");
    expect(text).not.toMatch(/NaN|"q50":null/);
  });
});
