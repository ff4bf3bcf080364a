/**
 * An invented province of 16 prefectures for tests and for looking at charts: every number is made up by simple arithmetic.
 */
import type {
  Catalog,
  CatalogChart,
  CatalogDimension,
  CatalogIndicator,
  CatalogTarget,
  Title,
} from "../../../engine/ensemble/catalog.ts";
import { normalQuantile } from "../../../engine/numerics/normal-quantile.ts";
import type { CellSensitivity, ChartInput, SummaryQuery, SummarySeries, TargetShare } from "../chart-input.ts";

/** Name, Chinese, English, population in 2020, size of its economy in 亿元. */
const PREFECTURES: readonly (readonly [string, string, string, number, number])[] = [
  ["kunming", "昆明", "Kunming", 8_460_000, 6730],
  ["qujing", "曲靖", "Qujing", 5_770_000, 2960],
  ["yuxi", "玉溪", "Yuxi", 2_250_000, 2060],
  ["baoshan", "保山", "Baoshan", 2_430_000, 1050],
  ["zhaotong", "昭通", "Zhaotong", 5_090_000, 1290],
  ["lijiang", "丽江", "Lijiang", 1_250_000, 510],
  ["puer", "普洱", "Pu'er", 2_400_000, 950],
  ["lincang", "临沧", "Lincang", 2_260_000, 820],
  ["chuxiong", "楚雄", "Chuxiong", 2_420_000, 1370],
  ["honghe", "红河", "Honghe", 4_480_000, 2420],
  ["wenshan", "文山", "Wenshan", 3_500_000, 1190],
  ["xishuangbanna", "西双版纳", "Xishuangbanna", 1_300_000, 600],
  ["dali", "大理", "Dali", 3_340_000, 1480],
  ["dehong", "德宏", "Dehong", 1_320_000, 580],
  ["nujiang", "怒江", "Nujiang", 550_000, 210],
  ["diqing", "迪庆", "Diqing", 390_000, 270],
];

const PREFECTURE: CatalogDimension = {
  name: "prefecture",
  title: { en: "Prefecture", zh: "州市" },
  elements: PREFECTURES.map(([name, zh, en]) => ({ name, title: { en, zh } })),
  layout: [
    ["nujiang", "diqing", "lijiang", "zhaotong"],
    ["baoshan", "dali", "chuxiong", "qujing"],
    ["dehong", "lincang", "yuxi", "kunming"],
    ["puer", "xishuangbanna", "honghe", "wenshan"],
  ],
};

const CHANNEL_KEYS = ["pairing", "basin"];
const AGE_KEYS = Array.from({ length: 20 }, (_, index) => String(5 * index));

const FURTHER_DIMENSIONS: readonly CatalogDimension[] = [
  {
    name: "channel",
    title: { en: "Channel", zh: "渠道" },
    elements: [
      { name: "pairing", title: { en: "Pairing", zh: "对口帮扶" } },
      { name: "basin", title: { en: "Compensation between basins", zh: "流域横向补偿" } },
    ],
  },
  {
    name: "residence",
    title: { en: "Residence", zh: "常住地" },
    elements: [
      { name: "urban", title: { en: "Urban", zh: "城镇" } },
      { name: "rural", title: { en: "Rural", zh: "乡村" } },
    ],
  },
  {
    name: "age",
    title: { en: "Age", zh: "年龄" },
    elements: AGE_KEYS.map((name) => ({ name, title: { en: name, zh: name } })),
  },
  {
    name: "warning",
    title: { en: "Warning", zh: "预警" },
    elements: [
      { name: "ageing", title: { en: "Ageing", zh: "老龄化" } },
      { name: "debt", title: { en: "Debt", zh: "债务" } },
      { name: "outflow", title: { en: "Outflow of people", zh: "人口外流" } },
    ],
  },
  {
    name: "part",
    title: { en: "Part of the index", zh: "指数维度" },
    elements: [
      { name: "development", title: { en: "Development", zh: "发展" } },
      { name: "services", title: { en: "Services", zh: "服务" } },
      { name: "ecology", title: { en: "Ecology", zh: "生态" } },
    ],
  },
  {
    name: "signal",
    title: { en: "Threshold of the signal", zh: "信号阈值" },
    elements: [
      { name: "from_yellow", title: { en: "Yellow or worse", zh: "黄色及以上" } },
      { name: "from_orange", title: { en: "Orange or worse", zh: "橙色及以上" } },
    ],
  },
];

const START = 2020;
const SAVE_TIMES = Array.from({ length: 16 }, (_, index) => START + index);
const PREFECTURE_KEYS = PREFECTURES.map(([name]) => name);

function indicator(name: string, title: Title, unit: string, more: Partial<CatalogIndicator> = {}): CatalogIndicator {
  return { name, title, unit, reading: "end", shape: [], keys: [""], observed: [], ...more };
}

const BY_PREFECTURE = { shape: ["prefecture"], keys: PREFECTURE_KEYS } as const;

const INDICATORS: readonly CatalogIndicator[] = [
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

const TARGETS: readonly CatalogTarget[] = [
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

/** One request of each kind. */
export const SAMPLE_CHARTS: readonly CatalogChart[] = [
  { name: "population", kind: "fan", indicator: "population_total", key: "", scenario: "baseline" },
  { name: "urbanization", kind: "fan", indicator: "urbanization_rate", key: "", scenario: "plan_full" },
  { name: "population_by_prefecture", kind: "multiples", indicator: "population_prefecture", scenario: "baseline" },
  { name: "urbanization_by_prefecture", kind: "multiples", indicator: "urbanization_prefecture", scenario: "baseline" },
  {
    name: "transfers",
    kind: "stacked",
    title: { en: "Transfers received, by kind", zh: "各类转移支付" },
    indicators: ["equalization", "common_authority", "earmarked", "ecological", "border_ethnic", "pairing"],
    scenario: "baseline",
    years: [2025, 2035],
  },
  {
    name: "transfers_per_head",
    kind: "stacked",
    title: { en: "Transfers received per head, by kind", zh: "人均转移支付（按类别）" },
    indicators: ["equalization", "common_authority", "earmarked", "ecological", "border_ethnic", "pairing"],
    scenario: "baseline",
    years: [2025, 2035],
    per: "population_prefecture",
  },
  { name: "attainment", kind: "targets" },
  {
    name: "plan_effect",
    kind: "paired",
    scenario: "plan_full",
    indicators: ["gdp_total", "urbanization_rate", "income_ratio", "population_total"],
  },
  { name: "map", kind: "map", indicator: "urbanization_prefecture", scenario: "baseline", years: [2020, 2035] },
  { name: "ranks", kind: "ranks", indicator: "urbanization_prefecture", scenario: "baseline", years: [2020, 2035] },
  { name: "gains", kind: "dumbbell", indicator: "urbanization_prefecture", scenario: "plan_full", years: [2035] },
  { name: "scenarios", kind: "dumbbell", indicator: "income_ratio", scenario: "plan_full", years: [2035] },
  { name: "flows", kind: "matrix", indicator: "horizontal_flows", scenario: "plan_full", years: [2030] },
  { name: "pyramid", kind: "pyramid", indicator: "population_by_age", scenario: "baseline", years: [2020, 2035] },
  { name: "pace", kind: "phase", indicator: "urbanization_rate", scenario: "baseline" },
  { name: "ratio", kind: "lines", indicators: ["income_ratio", "urbanization_rate"], scenario: "baseline" },
  { name: "ratio_stacked", kind: "areas", indicators: ["income_ratio", "urbanization_rate"], scenario: "baseline" },
  {
    name: "financing",
    kind: "waterfall",
    indicators: ["equalization", "common_authority", "earmarked"],
    scenario: "baseline",
    years: [2035],
    per: "population_prefecture",
  },
  { name: "evidence", kind: "quality" },
  { name: "drivers", kind: "tornado", indicator: "gdp_total", key: "", scenario: "baseline", years: [2035] },
  {
    name: "pillars",
    kind: "decomposition",
    scenario: "plan_full",
    scenarios: ["no_transfer", "low_fertility"],
    indicators: ["gdp_total", "urbanization_rate"],
  },
  { name: "warnings", kind: "lights", indicator: "warning_levels", scenario: "baseline", years: [2035] },
  {
    name: "trust",
    kind: "backtest",
    indicators: ["signal_hits", "signal_misses", "signal_false_alarms", "signal_quiet"],
    scenario: "baseline",
  },
  { name: "index", kind: "robustness", indicator: "index_scores", scenario: "baseline", years: [2035] },
  {
    name: "catching_up",
    kind: "convergence",
    indicator: "population_prefecture",
    scenario: "baseline",
    years: [2020, 2035],
  },
  {
    name: "watched",
    kind: "table",
    title: { en: "What is watched and not modelled", zh: "监测而未建模的事项" },
    columns: [
      { en: "Item", zh: "事项" },
      { en: "Owner", zh: "责任单位" },
      { en: "Last value", zh: "最近值" },
    ],
    rows: [
      [
        { en: "Border villages", zh: "边境小康村" },
        { en: "Office of rural affairs", zh: "省委农办" },
        { en: "374", zh: "374" },
      ],
      [
        { en: "Leadership and responsibility of every level of government", zh: "加强党的领导、压实属地责任" },
        { en: "Commission of development", zh: "省发展改革委" },
        { en: "NA", zh: "NA" },
      ],
    ],
  },
];

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

/** Standard normal quantiles at the published probabilities. */
const DEVIATES = { q2_5: -1.96, q10: -1.282, q25: -0.674, q50: 0, q75: 0.674, q90: 1.282, q97_5: 1.96 } as const;

const EFFECT: Readonly<Record<string, number>> = { baseline: 0, plan_full: 1, no_transfer: -1.4, low_fertility: -0.5 };

/** Centre and spread of an indicator `years` after the start, in its unit. */
function centre(name: string, key: string, scenario: string, years: number): readonly [number, number] {
  const effect = (EFFECT[scenario] ?? 0) * years * 0.002;
  const row = PREFECTURES.find(([prefecture]) => prefecture === key);
  const [people, economy] = [row?.[3] ?? 0, row?.[4] ?? 0];
  const bend = years * (1 - years / 60);
  switch (name) {
    case "population_total":
      return [47_200_000 * (1 + 0.0012 * bend - 0.0001 * years * years + effect * 0.3), 47_200_000 * 0.0018 * years];
    case "urbanization_rate":
      return [0.501 + 0.0145 * bend + effect, 0.003 * years];
    case "gdp_total":
      return [25_200 * (1 + 0.055 * years + 0.0016 * years * years) * (1 + effect * 2), 25_200 * 0.02 * years];
    case "income_ratio":
      return [2.92 - 0.05 * bend - effect * 3, 0.012 * years];
    case "population_prefecture":
      return [people * (1 + (people > 4e6 ? 0.004 : -0.004) * bend), people * 0.004 * years];
    case "urbanization_prefecture":
      return [Math.min(95, 30 + economy / 140 + 0.9 * bend) + effect * (economy / 100), 0.45 * years];
    case "horizontal_flows": {
      // What the first places pay, the later ones receive: sums to zero over the prefectures.
      const place = PREFECTURE_KEYS.indexOf(key.split("|")[0]!);
      return [(place - 7.5) * (key.endsWith("basin") ? 0.4 : 0.2), 0.1];
    }
    case "warning_levels": {
      const [warning = "", place = ""] = key.split("|");
      const start = (PREFECTURE_KEYS.indexOf(place) + warning.length) % 5;
      return [Math.min(4, start + years * 0.1), 0.02 * years];
    }
    case "index_scores": {
      const [place = "", part = ""] = key.split("|");
      return [0.3 + ((PREFECTURE_KEYS.indexOf(place) * (part.length - 4)) % 17) / 30, 0.002 * years];
    }
    case "signal_hits":
      return [key === "from_yellow" ? 8 : 5, 0.1];
    case "signal_misses":
      return [key === "from_yellow" ? 2 : 5, 0.1];
    case "signal_false_alarms":
      return [key === "from_yellow" ? 40 : 10, 0.1];
    case "signal_quiet":
      return [key === "from_yellow" ? 150 : 180, 0.1];
    case "population_by_age":
      return [20_000 * (100 - Number(key.split("|")[1])) + (key.startsWith("urban") ? 9000 * years : 0), 1000];
    default: {
      const rank = INDICATORS.findIndex((candidate) => candidate.name === name) - 5;
      const size = (people / 1e6) * (12 / rank) + (220 / (economy + 900)) * 40;
      return [size * (1 + 0.04 * years), size * 0.03 * years];
    }
  }
}

function sampleSeries(query: SummaryQuery): SummarySeries {
  const at = (deviate: number) =>
    SAVE_TIMES.map((time) => {
      const [level, spread] = centre(query.indicator, query.key, query.scenario, time - START);
      if (query.reference === undefined) return level + deviate * spread;
      // Paired draws: most of the spread cancels.
      const [base] = centre(query.indicator, query.key, query.reference, time - START);
      return level - base + deviate * spread * 0.2;
    });
  return {
    times: SAVE_TIMES,
    n: SAVE_TIMES.map(() => 998),
    mean: at(0.05),
    q2_5: at(DEVIATES.q2_5),
    q10: at(DEVIATES.q10),
    q25: at(DEVIATES.q25),
    q50: at(DEVIATES.q50),
    q75: at(DEVIATES.q75),
    q90: at(DEVIATES.q90),
    q97_5: at(DEVIATES.q97_5),
    quantile: (percent) => at(percent === 0 ? -3.2 : percent === 100 ? 3.2 : normalQuantile(percent / 100)),
    ...(query.reference === undefined ? {} : { pPositive: SAVE_TIMES.map((_, index) => (index === 0 ? 0 : 0.88)) }),
  };
}

function sampleShares(scenario: string, name: string): TargetShare[] {
  const judged = TARGETS.find((candidate) => candidate.name === name)!;
  return SAVE_TIMES.map((time) => {
    const [level, spread] = centre(judged.indicator, judged.key, scenario, time - START);
    const distance = (judged.comparison === "at_least" ? 1 : -1) * (level - judged.threshold);
    // A straight line from 0 at two spreads short of the threshold to 1 at two spreads beyond it.
    const share = spread === 0 ? Number(distance >= 0) : Math.min(1, Math.max(0, 0.5 + distance / (4 * spread)));
    return { time, n: 998, share, se: Math.sqrt((share * (1 - share)) / 998) };
  }).map((row, index, rows) => {
    const before = Math.max(0, ...rows.slice(0, index).map(({ share }) => share));
    return { ...row, first: Math.round(998 * Math.max(0, row.share - before)) };
  });
}

const SENSITIVITY: readonly CellSensitivity[] = [
  {
    scenario: "baseline",
    indicator: "gdp_total",
    key: "",
    time: 2035,
    n: 998,
    shares: { scenarios: 0.2, draws: 0.75, both: 0.05 },
    inputs: [
      { name: "productivity", index: 0.55, low: 0.48, high: 0.62, direction: 0.7 },
      { name: "opening[east]", index: 0.02, low: -0.01, high: 0.05, direction: -0.1 },
      { name: "schooling", index: 0.18, low: 0.12, high: 0.24, direction: -0.4 },
    ],
  },
];

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

export const SAMPLE_INPUT: ChartInput = {
  catalog: SAMPLE_CATALOG,
  facts: {
    seed: "20201231",
    run: "0d5e1f3a9c47",
    draws: 1000,
    failedShare: 0.002,
    command: "terrace report results/sample --lang en,zh",
  },
  sensitivity: SENSITIVITY,
  series: sampleSeries,
  targetShares: sampleShares,
};
