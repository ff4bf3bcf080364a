/** The catalog of the invented province: indicators, targets, scenarios. */
import type { Catalog, CatalogIndicator, CatalogTarget, Title } from "../../../engine/ensemble/catalog.ts";
import { SAMPLE_CHARTS } from "./sample-charts.ts";
import {
  AGE_KEYS,
  CHANNEL_KEYS,
  FURTHER_DIMENSIONS,
  PREFECTURE,
  PREFECTURE_KEYS,
  PREFECTURES,
} from "./sample-dimensions.ts";

export const START = 2020;
export const SAVE_TIMES = Array.from({ length: 16 }, (_, index) => START + index);

function indicator(name: string, title: Title, unit: string, more: Partial<CatalogIndicator> = {}): CatalogIndicator {
  return { name, title, unit, reading: "end", shape: [], keys: [""], observed: [], ...more };
}

const BY_PREFECTURE = { shape: ["prefecture"], keys: PREFECTURE_KEYS } as const;

export const INDICATORS: readonly CatalogIndicator[] = [
  indicator("population_total", { en: "Resident population of the province", zh: "全省常住人口" }, "person", {
    grade: "B",
    observed: [
      { key: "", time: range(2010, 2022), value: range(2010, 2022).map((t) => 46_000_000 + (t - 2010) * 112_000) },
    ],
  }),
  indicator("urbanization_rate", { en: "Urbanization rate of residents", zh: "常住人口城镇化率" }, "1", {
    grade: "B",
    observed: [{ key: "", time: range(2010, 2022), value: range(2010, 2022).map((t) => 0.348 + (t - 2010) * 0.0153) }],
  }),
  indicator(
    "gdp_total",
    { en: "Gross regional product, constant 2020 prices", zh: "地区生产总值（2020年可比价）" },
    "亿元/year",
    {
      reading: "total",
      grade: "C",
    },
  ),
  indicator("income_ratio", { en: "Urban income as a multiple of rural income", zh: "城乡居民收入比" }, "1", {
    grade: "C",
  }),
  indicator("population_prefecture", { en: "Resident population", zh: "常住人口" }, "person", {
    ...BY_PREFECTURE,
    grade: "B",
    observed: PREFECTURES.map(([key, , , people]) => ({ key, time: [2020, 2022], value: [people, people * 0.998] })),
  }),
  indicator("urbanization_prefecture", { en: "Urbanization rate", zh: "城镇化率" }, "%", BY_PREFECTURE),
  ...(
    [
      ["equalization", "General equalization", "均衡性转移支付"],
      ["common_authority", "Common authority", "共同财政事权转移支付"],
      ["earmarked", "Earmarked", "专项转移支付"],
      ["ecological", "Ecological compensation", "生态补偿"],
      ["border_ethnic", "Ethnic and border areas", "民族和边境地区转移支付"],
      ["pairing", "Pairing assistance", "对口帮扶"],
    ] as const
  ).map(([name, en, zh]) =>
    indicator(name, { en, zh }, "亿元/year", { ...BY_PREFECTURE, reading: "total", grade: "D" }),
  ),
  indicator("horizontal_flows", { en: "Horizontal flows (net)", zh: "横向财政往来（净额）" }, "亿元/year", {
    shape: ["prefecture", "channel"],
    keys: PREFECTURE_KEYS.flatMap((prefecture) => CHANNEL_KEYS.map((channel) => `${prefecture}|${channel}`)),
    reading: "total",
    grade: "J",
  }),
  indicator("population_by_age", { en: "Population by age", zh: "分年龄人口" }, "person", {
    shape: ["residence", "age"],
    keys: ["urban", "rural"].flatMap((residence) => AGE_KEYS.map((age) => `${residence}|${age}`)),
    grade: "D",
  }),
  indicator("warning_levels", { en: "Warning level", zh: "预警等级" }, "1", {
    shape: ["warning", "prefecture"],
    keys: ["ageing", "debt", "outflow"].flatMap((warning) => PREFECTURE_KEYS.map((place) => `${warning}|${place}`)),
    grade: "J",
  }),
  indicator("index_scores", { en: "Scores of the index", zh: "指数维度得分" }, "1", {
    shape: ["prefecture", "part"],
    keys: PREFECTURE_KEYS.flatMap((place) => ["development", "services", "ecology"].map((part) => `${place}|${part}`)),
    grade: "J",
  }),
  ...(
    [
      ["signal_hits", "Foretold", "命中"],
      ["signal_misses", "Missed", "漏报"],
      ["signal_false_alarms", "False alarms", "误报"],
      ["signal_quiet", "Rightly quiet", "正确静默"],
    ] as const
  ).map(([name, en, zh]) =>
    indicator(name, { en, zh }, "1", { shape: ["signal"], keys: ["from_yellow", "from_orange"], grade: "J" }),
  ),
];

export const TARGETS: readonly CatalogTarget[] = [
  target(
    "urbanization_2025",
    { en: "Urbanization rate of 60%", zh: "城镇化率达到60%" },
    "urbanization_rate",
    "at_least",
    0.6,
    2025,
  ),
  target(
    "urbanization_2035",
    { en: "Urbanization rate of 70%", zh: "城镇化率达到70%" },
    "urbanization_rate",
    "at_least",
    0.7,
    2035,
  ),
  target(
    "gdp_2025",
    { en: "Gross regional product of 3.5 trillion yuan", zh: "地区生产总值3.5万亿元" },
    "gdp_total",
    "at_least",
    35_000,
    2025,
  ),
  target(
    "income_gap_2035",
    { en: "Urban–rural income ratio below 2.1", zh: "城乡居民收入比降至2.1以内" },
    "income_ratio",
    "at_most",
    2.1,
    2035,
  ),
  target(
    "population_2035",
    { en: "Resident population stays above 46.5 million", zh: "常住人口不低于4650万人" },
    "population_total",
    "at_least",
    46_500_000,
    2035,
  ),
];

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function target(
  name: string,
  title: Title,
  judged: string,
  comparison: "at_least" | "at_most",
  threshold: number,
  due: number,
): CatalogTarget {
  return { name, title, indicator: judged, key: "", comparison, threshold, due };
}

export const SAMPLE_CATALOG: Catalog = {
  model: { name: "sample", title: { en: "Sample province", zh: "示例省" }, hash: "5f0c2ab94d7716e38a0f" },
  time: { start: START, stop: 2035, unit: "year" },
  saveTimes: SAVE_TIMES,
  dimensions: [PREFECTURE, ...FURTHER_DIMENSIONS],
  indicators: INDICATORS,
  tables: [
    { name: "scalar", shape: [], keys: [""], indicators: INDICATORS.slice(0, 4).map(({ name }) => name) },
    { name: "prefecture", ...BY_PREFECTURE, indicators: INDICATORS.slice(4, 12).map(({ name }) => name) },
  ],
  scenarios: [
    { name: "baseline", title: { en: "Baseline", zh: "基准情景" } },
    { name: "plan_full", title: { en: "Full plan", zh: "全面实施" } },
    { name: "no_transfer", title: { en: "No transfers", zh: "取消转移支付" } },
    { name: "low_fertility", title: { en: "Low fertility", zh: "低生育" } },
  ],
  reference: "baseline",
  targets: TARGETS,
  identities: [],
  charts: SAMPLE_CHARTS,
  quantiles: [2.5, 10, 25, 50, 75, 90, 97.5],
  drawColumns: ["productivity", "schooling", "opening[east]"],
  drawInputs: [
    { title: { en: "Growth of productivity", zh: "生产率增速" }, grade: "C" },
    { title: { en: "Return to schooling", zh: "教育回报" }, grade: "L" },
    { title: { en: "Delay of the opening, eastern line", zh: "建成推迟，东线" }, grade: "J" },
  ],
};
