/** Words of the brief and the tables, in both languages. */
import type { Title } from "../../engine/ensemble/catalog.ts";
import type { Language } from "../charts/chart-input.ts";

export const DESK = {
  findings: { en: "1. Main findings", zh: "一、主要结论" },
  gaps: { en: "2. Gaps to targets, and the probability to meet them", zh: "二、目标差距与达成概率" },
  places: { en: "3. Winners and losers", zh: "三、地区得失" },
  charts: { en: "4. Charts", zh: "四、图" },
  basis: { en: "Definitions and provenance", zh: "口径与来源" },
  sheetFacts: { en: "About", zh: "说明" },
  sheetFigures: { en: "Figures", zh: "指标" },
  sheetGaps: { en: "Gaps", zh: "目标差距" },
  sheetPlans: { en: "Plan periods", zh: "规划期平均" },
  sheetPlaces: { en: "Winners and losers", zh: "地区得失" },
  target: { en: "Target", zh: "目标" },
  scenario: { en: "Scenario", zh: "情景" },
  indicator: { en: "Indicator", zh: "指标" },
  place: { en: "Place", zh: "地区" },
  unit: { en: "Unit", zh: "单位" },
  year: { en: "Time", zh: "时间" },
  due: { en: "Due", zh: "期限" },
  threshold: { en: "Threshold", zh: "目标值" },
  start: { en: "At the start", zh: "期初值" },
  projected: { en: "Median when due", zh: "到期中位数" },
  gap: { en: "Missing", zh: "差距" },
  required: { en: "Needed a year", zh: "年均需变化" },
  pace: { en: "Projected a year", zh: "推演年均变化" },
  share: { en: "Probability, %", zh: "达成概率（%）" },
  low: { en: "10%", zh: "10%分位" },
  median: { en: "Median", zh: "中位数" },
  high: { en: "90%", zh: "90%分位" },
  reference: { en: "Reference, median", zh: "参照情景中位数" },
  difference: { en: "Difference, median", zh: "差值中位数" },
  above: { en: "P(above reference)", zh: "高于参照的概率" },
  source: { en: "Source", zh: "来源" },
  grade: { en: "Grade", zh: "证据等级" },
} satisfies Record<string, Title>;

type Sentence<Arguments extends readonly unknown[]> = Readonly<Record<Language, (...details: Arguments) => string>>;

export const briefTitle: Sentence<[model: string]> = {
  en: (model) => `Brief: ${model}`,
  zh: (model) => `${model}专报`,
};

export const planName: Sentence<[number: number, first: number, last: number]> = {
  en: (number, first, last) => `Plan ${number} (${first}–${last})`,
  zh: (number, first, last) => `“${inChinese(number)}五”（${first}—${last}年）`,
};

/** 14 as 十四. */
function inChinese(number: number): string {
  const digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
  const tens = Math.floor(number / 10);
  return `${tens > 1 ? digits[tens] : ""}${tens > 0 ? "十" : ""}${digits[number % 10]}`;
}

export const finding: Sentence<
  [title: string, unit: string, first: string, from: string, last: string, to: string, band: string]
> = {
  en: (title, unit, first, from, last, to, band) =>
    `${title}${unit === "" ? "" : ` (${unit})`}: ${from} in ${first}, ${to} in ${last} (80% band ${band}).`,
  zh: (title, unit, first, from, last, to, band) =>
    `${title}${unit === "" ? "" : `（${unit}）`}：${first}年为${from}，${last}年中位数为${to}（80%区间${band}）。`,
};

export const gapText: Sentence<[gap: string, unit: string, required: string]> = {
  en: (gap, unit, required) => `${gap}${unit === "" ? "" : ` ${unit}`} short; ${required} a year needed`,
  zh: (gap, unit, required) => `差${gap}${unit}，年均需变化${required}`,
};

export const met: Title = { en: "median meets it", zh: "中位数达到" };

export const placesText: Sentence<[scenario: string, title: string, winners: string, losers: string]> = {
  en: (scenario, title, winners, losers) =>
    `${scenario}, ${title}: largest change upward ${winners}; least or downward ${losers}.`,
  zh: (scenario, title, winners, losers) => `${scenario}，${title}：上升最多 ${winners}；上升最少或下降 ${losers}。`,
};

export const gapsLeft: Sentence<[shown: string, all: string]> = {
  en: (shown, all) => `${shown} of ${all} targets, those that the reference misses first; all are in the workbook.`,
  zh: (shown, all) => `共${all}项目标，列出${shown}项（参照情景未达者在前），其余见数据表。`,
};
