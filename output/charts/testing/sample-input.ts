/**
 * An invented province of 16 prefectures for tests and for looking at charts: every number is made up by simple arithmetic.
 */
import { normalQuantile } from "../../../engine/numerics/normal-quantile.ts";
import type { CellSensitivity, ChartInput, SummaryQuery, SummarySeries, TargetShare } from "../chart-input.ts";
import { INDICATORS, SAMPLE_CATALOG, SAVE_TIMES, START, TARGETS } from "./sample-catalog.ts";
import { PREFECTURE_KEYS, PREFECTURES } from "./sample-dimensions.ts";

export { SAMPLE_CATALOG } from "./sample-catalog.ts";
export { SAMPLE_CHARTS } from "./sample-charts.ts";

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
