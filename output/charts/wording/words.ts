/** Labels and sentences that several charts write: units, readings, scenarios, runs, provenance. */
import type { CatalogIndicator, Title, YearReading } from "../../../engine/ensemble/catalog.ts";
import type { Language } from "../chart-input.ts";
import type { Sentence } from "./sentence.ts";

/** Labels without arguments. */
export const WORDS = {
  notForecast: { en: "Scenario projection, not a forecast", zh: "情景推演，非预测" },
  median: { en: "Median", zh: "中位数" },
  observed: { en: "Observed", zh: "实测值" },
  target: { en: "Target", zh: "目标" },
  targetDue: { en: "Date at which the target is due", zh: "目标期限" },
  projectionStart: { en: "projection from here", zh: "推演起点" },
  time: { en: "Time", zh: "时间" },
  gradeUnknown: { en: "not stated", zh: "未注明" },
  scenario: { en: "Scenario", zh: "情景" },
  difference: { en: "Difference", zh: "差值" },
  range: { en: "80% band", zh: "80%区间" },
  probability: { en: "Probability that the target is met when it is due, %", zh: "到期时目标达成概率（%）" },
  summary: { en: "Main figures", zh: "主要结果" },
  furtherFigures: { en: "Further figures", zh: "其他指标" },
  targets: { en: "Targets", zh: "目标" },
  provenance: { en: "Where these figures come from", zh: "结果来源" },
  contents: { en: "Contents", zh: "目录" },
  noValue: { en: "no value", zh: "无数值" },
  sum: { en: "Sum", zh: "合计" },
  download: { en: "Table as CSV", zh: "下载表格（CSV）" },
  chartData: { en: "Data of the chart (CSV)", zh: "下载图表数据（CSV）" },
  onePlace: { en: "One place at a time", zh: "分地区查看" },
  place: { en: "Place", zh: "地区" },
  yearByYear: { en: "Year by year", zh: "逐年查看" },
  indicator: { en: "Indicator", zh: "指标" },
  year: { en: "Year", zh: "年份" },
  logistic: { en: "Logistic growth (Northam curve)", zh: "逻辑斯蒂增长（诺瑟姆曲线）" },
  qualityTitle: { en: "How good is the evidence?", zh: "证据质量" },
  interaction: { en: "Interaction", zh: "交互作用" },
  onePart: { en: "One part alone", zh: "单独实施" },
  whole: { en: "All together", zh: "全部实施" },
  fitted: { en: "Least squares through the medians", zh: "中位数最小二乘线" },
  firstRed: { en: "First year with a red median", zh: "中位数首现红色的年份" },
  backtestTitle: { en: "Can the warnings be trusted?", zh: "预警是否可信" },
  signal: { en: "Signal, by threshold", zh: "各阈值的信号" },
  chance: { en: "No better than chance", zh: "等同随机" },
  falseRate: { en: "False alarms, % of quiet times", zh: "误报率（占无事件时段%）" },
  hitRate: { en: "Foretold events, %", zh: "事件命中率（%）" },
  falseRateShort: { en: "False alarms", zh: "误报率" },
  hitRateShort: { en: "Foretold", zh: "命中率" },
  noiseToSignal: { en: "Noise to signal", zh: "噪声信号比" },
  threshold: { en: "Signal from", zh: "信号阈值" },
  equalWeights: { en: "Index, equal weights", zh: "等权指数" },
  equalRank: { en: "Rank with equal weights", zh: "等权位次" },
  rankReach: { en: "Ranks under 80% of other weights", zh: "80%其他权重下的位次" },
  rank: { en: "Rank", zh: "位次" },
  firstYear: { en: "first", zh: "首达" },
} satisfies Record<string, Title>;

/** Joins parts of a line as the language does. */
export const JOIN: Readonly<
  Record<Language, { readonly list: string; readonly comma: string; readonly clause: string; readonly stop: string }>
> = {
  en: { list: ", ", comma: ", ", clause: "; ", stop: ". " },
  zh: { list: "、", comma: "，", clause: "；", stop: "。" },
};

export const band: Sentence<[percent: number]> = {
  en: (percent) => `${percent}% band`,
  zh: (percent) => `${percent}%区间`,
};

const READINGS: Readonly<Record<YearReading, Title>> = {
  end: { en: "year-end value", zh: "年末值" },
  total: { en: "total over the year", zh: "全年合计" },
  mean: { en: "mean over the year", zh: "全年平均" },
};

const READINGS_OF_INTERVALS: Readonly<Record<YearReading, Title>> = {
  end: { en: "value at the time shown", zh: "期末值" },
  total: { en: "total over the interval", zh: "期间合计" },
  mean: { en: "mean over the interval", zh: "期间平均" },
};

/** GDP at the end of a year is no stock: it says how much a year that is like this moment would bring. */
const RATE_AT_THE_END: Title = { en: "annual rate at the year's end", zh: "年末的年率" };
const PER_YEAR = /\/year\b/;

/** How a number is read from the variable, for subtitles. */
export function readingText(
  { reading, unit }: Pick<CatalogIndicator, "reading" | "unit">,
  isYearly: boolean,
  language: Language,
): string {
  if (isYearly && reading === "end" && PER_YEAR.test(unit)) return RATE_AT_THE_END[language];
  return (isYearly ? READINGS : READINGS_OF_INTERVALS)[reading][language];
}

export const unitText: Sentence<[label: string]> = {
  en: (label) => `unit: ${label}`,
  zh: (label) => `单位：${label}`,
};

export const scenarioText: Sentence<[title: string]> = {
  en: (title) => `Scenario: ${title}`,
  zh: (title) => `情景：${title}`,
};

export const scenariosText: Sentence<[titles: string]> = {
  en: (titles) => `Scenarios: ${titles}`,
  zh: (titles) => `情景：${titles}`,
};

export const runsText: Sentence<[low: string, high: string]> = {
  en: (low, high) => (low === high ? `${high} runs` : `${low} to ${high} runs`),
  zh: (low, high) => (low === high ? `${high}次模拟` : `${low}至${high}次模拟`),
};

export const pairsText: Sentence<[low: string, high: string]> = {
  en: (low, high) => (low === high ? `${high} pairs of runs` : `${low} to ${high} pairs of runs`),
  zh: (low, high) => (low === high ? `${high}对模拟` : `${low}至${high}对模拟`),
};

/** What the bands of a fan mean. */
export const bandsText: Sentence<[percents: readonly number[]]> = {
  en: (percents) => `median with ${bandsList.en(percents)} bands`,
  zh: (percents) => `中位数及${bandsList.zh(percents)}区间`,
};

/** Bands by their size: `50, 80 and 95%`; evenly spaced ones by their ends and step. */
export const bandsList: Sentence<[percents: readonly number[]]> = {
  en: (percents) =>
    percents.length > 4
      ? `${percents[0]} to ${percents.at(-1)}% (in steps of ${percents[1]! - percents[0]!})`
      : `${percents.join(", ").replace(/, (\d+)$/, " and $1")}%`,
  zh: (percents) =>
    percents.length > 4
      ? `${percents[0]}%至${percents.at(-1)}%（每${percents[1]! - percents[0]!}%一级）`
      : percents.map((percent) => `${percent}%`).join("、"),
};

export const differenceOf: Sentence<[label: string]> = {
  en: (label) => `Difference: ${label.toLowerCase()}`,
  zh: (label) => `差值：${label}`,
};

/** Facts of the run, the first line of the footer. */
export const provenanceText: Sentence<
  [
    facts: {
      model: string;
      hash: string;
      /** Last time with measured values. */
      data: string | undefined;
      run: string;
      seed: string;
      draws: string;
      failed: string;
    },
  ]
> = {
  en: ({ model, hash, data, run, seed, draws, failed }) =>
    `Model ${model}, hash ${hash}${data === undefined ? "" : `, measured to ${data}`}; run ${run}; seed ${seed}; ${draws} draws a scenario; failed runs ${failed}`,
  zh: ({ model, hash, data, run, seed, draws, failed }) =>
    `模型 ${model}，哈希 ${hash}${data === undefined ? "" : `，实测数据至${data}`}；运行 ${run}；种子 ${seed}；每情景抽样 ${draws} 次；失败模拟 ${failed}`,
};

export const gradeText: Sentence<[grade: string]> = {
  en: (grade) => `evidence grade ${grade}`,
  zh: (grade) => `证据等级 ${grade}`,
};

export const commandText: Sentence<[command: string]> = {
  en: (command) => `Draw again: ${command}`,
  zh: (command) => `重绘命令：${command}`,
};

export const noteOf: Sentence<[indicators: string, note: string]> = {
  en: (indicators, note) => `${indicators}: ${note}`,
  zh: (indicators, note) => `${indicators}：${note}`,
};

export const missingText: Sentence<[times: string]> = {
  en: (times) => `No run has a value at ${times}`,
  zh: (times) => `${times}没有任何模拟给出数值`,
};

export const targetLabel: Sentence<[comparison: "at_least" | "at_most", value: string]> = {
  en: (comparison, value) => `${comparison === "at_least" ? "≥" : "≤"} ${value}`,
  zh: (comparison, value) => `${comparison === "at_least" ? "≥" : "≤"}${value}`,
};
