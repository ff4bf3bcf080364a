import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DrawnChart, drawEach } from "../charts/draw-charts.ts";
import { SAMPLE_CATALOG, SAMPLE_INPUT } from "../charts/testing/sample-input.ts";
import { terminalColumns } from "../charts/text-width.ts";
import { figureTimes } from "./main-figures.ts";
import { PAGE_SCRIPT } from "./page-script.ts";
import { reportPage } from "./report-page.ts";
import { summaryTable } from "./summary-table.ts";
import { alignColumns, alignInBlocks } from "./text-columns.ts";
import { writeReport } from "./write-report.ts";

describe("figureTimes", () => {
  it("takes the commonest due date and the end", () => {
    expect(figureTimes(SAMPLE_CATALOG)).toEqual([2025, 2035]);
  });

  it("takes the middle where there are no targets", () => {
    expect(figureTimes({ ...SAMPLE_CATALOG, targets: [] })).toEqual([2027, 2035]);
  });

  it("takes the end alone where nothing is saved before it", () => {
    expect(figureTimes({ ...SAMPLE_CATALOG, saveTimes: [2035] })).toEqual([2035]);
  });
});

describe("summaryTable", () => {
  it("in English", () => {
    expect(summaryTable(SAMPLE_INPUT, "en")).toMatchInlineSnapshot(`
      [
        "Scenario: Baseline                                           2025     [80% band]   2035     [80% band]",
        "Resident population of the province, million people          47.3    [46.8–47.9]   46.8    [45.1–48.4]",
        "Urbanization rate of residents, %                            56.7    [54.8–58.7]   66.4    [60.6–72.2]",
        "Gross regional product, constant 2020 prices, billion yuan  3,314  [2,991–3,637]  5,506  [4,537–6,475]",
        "Urban income as a multiple of rural income                   2.69    [2.61–2.77]   2.36    [2.13–2.59]",
        "",
        "Medians of 2035 by scenario                                 Baseline  Full plan  No transfers  Low fertility",
        "Resident population of the province, million people             46.8       47.2          46.2           46.6",
        "Urbanization rate of residents, %                               66.4       69.4          62.2           64.9",
        "Gross regional product, constant 2020 prices, billion yuan     5,506      5,837         5,044          5,341",
        "Urban income as a multiple of rural income                      2.36       2.27          2.48           2.40",
        "",
        "Probability that the target is met when it is due, %                          Baseline  Full plan  No transfers  Low fertility",
        "Urbanization rate of 60% (≥ 60% by 2025)                                            <5         10            <5             <5",
        "Urbanization rate of 70% (≥ 70% by 2035)                                            30         45             5             20",
        "Gross regional product of 3.5 trillion yuan (≥ 3,500 billion yuan by 2025)          30         40            20             30",
        "Urban–rural income ratio below 2.1 (≤ 2.1 by 2035)                                  15         25            <5             10",
        "Resident population stays above 46.5 million (≥ 46.5 million people by 2035)        55         65            45             50",
      ]
    `);
  });

  it("in Chinese", () => {
    expect(summaryTable(SAMPLE_INPUT, "zh")).toMatchInlineSnapshot(`
      [
        "情景：基准情景                        2025        [80%区间]    2035        [80%区间]",
        "全省常住人口，万人                   4,734    [4,680–4,789]   4,678    [4,514–4,841]",
        "常住人口城镇化率，%                   56.7      [54.8–58.7]    66.4      [60.6–72.2]",
        "地区生产总值（2020年可比价），亿元  33,138  [29,907–36,369]  55,062  [45,370–64,754]",
        "城乡居民收入比                        2.69      [2.61–2.77]    2.36      [2.13–2.59]",
        "",
        "2035年各情景中位数                  基准情景  全面实施  取消转移支付  低生育",
        "全省常住人口，万人                     4,678     4,720         4,618   4,656",
        "常住人口城镇化率，%                     66.4      69.4          62.2    64.9",
        "地区生产总值（2020年可比价），亿元    55,062    58,366        50,437  53,410",
        "城乡居民收入比                          2.36      2.27          2.48    2.40",
        "",
        "到期时目标达成概率（%）                    基准情景  全面实施  取消转移支付  低生育",
        "城镇化率达到60% (2025年≥60%)                     <5        10            <5      <5",
        "城镇化率达到70% (2035年≥70%)                     30        45             5      20",
        "地区生产总值3.5万亿元 (2025年≥35,000亿元)        30        40            20      30",
        "城乡居民收入比降至2.1以内 (2035年≤2.1)           15        25            <5      10",
        "常住人口不低于4650万人 (2035年≥4,650万人)        55        65            45      50",
      ]
    `);
  });

  it("shows the indicators that charts show", () => {
    const charts = SAMPLE_CATALOG.charts.filter(({ name }) => name === "population");
    const text = summaryTable({ ...SAMPLE_INPUT, catalog: { ...SAMPLE_CATALOG, charts, targets: [] } }, "zh").join(
      "\n",
    );
    expect(text).toContain("全省常住人口");
    expect(text).not.toContain("城乡居民收入比");
  });

  it("numbers scenarios whose titles do not fit", () => {
    const lines = summaryTable({ ...SAMPLE_INPUT, catalog: { ...SAMPLE_CATALOG, targets: [] } }, "zh", 60);
    expect(lines.slice(6)).toMatchInlineSnapshot(`
      [
        "  1  基准情景",
        "  2  全面实施",
        "  3  取消转移支付",
        "  4  低生育",
        "",
        "2035年各情景中位数                       1       2       3",
        "全省常住人口，万人                   4,678   4,720   4,618",
        "常住人口城镇化率，%                   66.4    69.4    62.2",
        "地区生产总值（2020年可比价），亿元  55,062  58,366  50,437",
        "城乡居民收入比                        2.36    2.27    2.48",
        "",
        "2035年各情景中位数                       4",
        "全省常住人口，万人                   4,656",
        "常住人口城镇化率，%                   64.9",
        "地区生产总值（2020年可比价），亿元  53,410",
        "城乡居民收入比                        2.40",
      ]
    `);
  });

  it("says where there is no value", () => {
    const nothing = SAMPLE_CATALOG.saveTimes.map(() => Number.NaN);
    const input = {
      ...SAMPLE_INPUT,
      series: (query: Parameters<typeof SAMPLE_INPUT.series>[0]) => ({ ...SAMPLE_INPUT.series(query), q50: nothing }),
    };
    const [, row] = summaryTable(input, "en");
    expect(row).toContain("no value");
    expect(summaryTable(input, "zh").join("\n")).not.toContain("NaN");
  });
});

describe("alignInBlocks", () => {
  const rows = [
    ["", "one", "two", "three"],
    ["people", "1", "2", "3"],
  ];

  it.each([
    [26, ["        one  two  three", "people    1    2      3"]],
    [18, ["        one  two", "people    1    2", "", "        three", "people      3"]],
    [1, ["        one", "people    1", "", "        two", "people    2", "", "        three", "people      3"]],
  ])("within %i letters", (width, lines) => {
    expect(alignInBlocks(rows, width)).toEqual(lines);
  });
});

describe("alignColumns", () => {
  it("ends columns at the same place whatever the script", () => {
    const cell = fc.string({ unit: fc.constantFrom("a", "城", "1", "，"), minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 6 }), (rows) => {
        const widths = alignColumns(rows).map(terminalColumns);
        expect(new Set(widths).size).toBe(1);
      }),
    );
  });
});

describe("reportPage", () => {
  let charts: readonly DrawnChart[] = [];
  let page = "";
  beforeAll(async () => {
    charts = await drawEach(SAMPLE_INPUT);
    page = reportPage(SAMPLE_INPUT, charts, "zh");
  });

  it("allows no requests, and no script but its own", () => {
    const [policy] = /content="(default-src [^"]+)"/.exec(page)?.slice(1) ?? [];
    const hash = createHash("sha256").update(PAGE_SCRIPT).digest("base64");
    expect(policy).toContain(`default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'`);
    expect(policy).not.toContain("unsafe-eval");
    const scripts = [...page.matchAll(/<script([^>]*)>(.*?)<\/script>/gs)].map(([, kind, text]) => [kind, text]);
    expect(scripts).toEqual([
      [' type="application/json" id="places"', expect.any(String)],
      [' type="application/json" id="tiles"', expect.any(String)],
      ...SAMPLE_CATALOG.charts.map(({ name }) => [` type="application/json" id="data-${name}"`, expect.any(String)]),
      ["", PAGE_SCRIPT],
    ]);
    expect(page).not.toMatch(/<link|<iframe|@import| src=| on[a-z]+=/);
  });

  it("holds both languages and shows the one asked for", () => {
    expect(page).toContain('<html lang="zh-CN">');
    expect(page).toMatch(/id="choose-zh" checked/);
    expect(page).not.toMatch(/id="choose-en" checked/);
    expect(page).toContain('<main lang="en">');
    expect(page).toContain("<h1>示例省情景推演报告</h1>");
    expect(page).toContain("<h1>Sample province: scenario report</h1>");
  });

  it("shows every chart in both languages", () => {
    expect(page.match(/<figure /g)).toHaveLength(2 * SAMPLE_CATALOG.charts.length);
    expect(page.match(/<svg /g)).toHaveLength(2 * SAMPLE_CATALOG.charts.length);
  });

  it("has no id twice, and every reference finds its id", () => {
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, id] of page.matchAll(/(?:url\(#|href="#|for=")([^")]+)/g)) expect(ids).toContain(id);
  });

  it("has as many closing tags as opening ones", () => {
    for (const tag of ["main", "table", "tbody", "tr", "td", "th", "figure", "svg", "ul", "li", "footer"]) {
      const opened = page.match(new RegExp(`<${tag}[ >]`, "g"))?.length;
      expect(page.match(new RegExp(`</${tag}>`, "g"))?.length, tag).toBe(opened);
    }
  });

  it("names where the figures come from", () => {
    for (const fact of [SAMPLE_CATALOG.model.hash, "20201231", "1,000", "0.2%", SAMPLE_INPUT.facts.command]) {
      expect(page).toContain(`<dd>${fact}</dd>`);
    }
  });

  it("says what Monte Carlo errors are worth where draws are not independent", () => {
    const drawn = (errors: string) =>
      reportPage(
        { ...SAMPLE_INPUT, facts: { ...SAMPLE_INPUT.facts, sampling: { design: "sobol", errors } } },
        [],
        "en",
      );
    expect(drawn("independent")).not.toContain("sobol");
    expect(drawn("conservative")).toContain(
      "sobol (Monte Carlo errors are computed as for independent draws and are mostly too large)",
    );
    expect(drawn("too small")).toContain("实际误差更大");
  });

  it("puts indicators that no chart shows behind the charts", () => {
    const shown = SAMPLE_CATALOG.charts.filter(({ name }) => name === "population");
    const input = { ...SAMPLE_INPUT, catalog: { ...SAMPLE_CATALOG, charts: shown } };
    const text = reportPage(input, charts, "en");
    const places = [
      'id="summary-en"',
      ">Resident population of the province,",
      "<figure",
      'id="further-en"',
      ">Urbanization rate of residents,",
    ];
    const found = places.map((place) => text.indexOf(place, text.indexOf("<h2")));
    expect(found).toEqual([...found].sort((a, b) => a - b));
    expect(found).not.toContain(-1);
    expect(page).not.toContain('id="further-en"');
  });

  it("says in words what is reached, what the first comparison changes, and which targets are likely", async () => {
    const [en, zh] = await Promise.all([reportPage(SAMPLE_INPUT, [], "en"), reportPage(SAMPLE_INPUT, [], "zh")]);
    const words = (page: string, language: string) =>
      page.slice(page.indexOf(`<main lang="${language}`)).match(/<ul class="words">.*?<\/ul>/)![0];
    expect(words(en, "en")).toMatch(/Urbanization rate[^<]*: \d+\.\d% in 2035 under Baseline/);
    expect(words(en, "en")).toMatch(/Full plan changes it by \+[\d.,]+ [^<]* in 2035 against Baseline/);
    expect(words(en, "en")).toMatch(/Full plan: \d of 5 targets are met in at least two runs of three/);
    expect(words(zh, "zh")).toMatch(/2035年“全面实施”较“基准情景”变化\+/);
  });

  it("ranks many scenarios by their targets in one sentence", () => {
    const title = (text: string) => ({ en: text, zh: text });
    const more = ["a", "b"].map((name) => ({ name, title: title(name) }));
    const scenarios = [...SAMPLE_CATALOG.scenarios, ...more];
    const page = reportPage({ ...SAMPLE_INPUT, catalog: { ...SAMPLE_CATALOG, scenarios } }, [], "en");
    const sentence = page.match(/Of 5 targets so many are met in at least two runs of three: ([^<]*)/)![1]!;
    const counts = sentence.split(", ").map((part) => Number(part.split(" ").at(-1)));
    expect(counts).toHaveLength(6);
    expect(counts).toEqual([...counts].sort((x, y) => y - x));
  });

  it("names charts whose scenario is not in the batch", async () => {
    const scenarios = SAMPLE_CATALOG.scenarios.filter(({ name }) => name === "baseline");
    const input = { ...SAMPLE_INPUT, catalog: { ...SAMPLE_CATALOG, scenarios } };
    const drawn = await drawEach(input, ["zh"]);
    expect(drawn.map(({ name }) => name)).not.toContain("plan_effect");
    expect(reportPage(input, drawn, "zh")).toContain(
      "以下图表所用的情景未运行，故未绘制：urbanization（需要 plan_full）、plan_effect（需要 plan_full）",
    );
  });

  it("escapes whatever a model calls itself", () => {
    const text = fc.string({ unit: fc.constantFrom("<", ">", '"', "'", "&", "script", "/", "a", "]]", "-->") });
    fc.assert(
      fc.property(text, (title) => {
        const both = { en: `<b ${title}`, zh: `<b ${title}` };
        const catalog = {
          ...SAMPLE_CATALOG,
          model: { ...SAMPLE_CATALOG.model, title: both },
          scenarios: SAMPLE_CATALOG.scenarios.map((scenario) => ({ ...scenario, title: both })),
          targets: SAMPLE_CATALOG.targets.map((target) => ({ ...target, title: both })),
          indicators: SAMPLE_CATALOG.indicators.map((indicator) => ({ ...indicator, title: both })),
        };
        const hostile = reportPage({ ...SAMPLE_INPUT, catalog }, [], "en");
        expect(hostile).not.toMatch(/<b /);
      }),
      { numRuns: 30 },
    );
  });
});

describe("writeReport", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "terrace-report-"));
  });
  afterAll(async () => rm(folder, { recursive: true }));

  it("writes the page and a spec and picture for each chart and language", async () => {
    const written = await writeReport(SAMPLE_INPUT, folder, "en");
    expect((await readdir(folder)).sort()).toEqual(["charts", "report.html"]);
    expect(written.charts).toHaveLength(5 * SAMPLE_CATALOG.charts.length);
    expect(await readFile(written.page, "utf8")).toContain('<html lang="en">');
  });
});
