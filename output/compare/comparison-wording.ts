/** Words of comparisons, in both languages. */
import type { Language } from "../charts/chart-input.ts";
import type { CellDifference, Comparison } from "./compare-results.ts";

type Sentence<Arguments extends readonly unknown[]> = Readonly<Record<Language, (...details: Arguments) => string>>;

export const COMPARE = {
  title: {
    en: (a, b) => `Comparison: ${a} and ${b}`,
    zh: (a, b) => `比较：${a} 与 ${b}`,
  } satisfies Sentence<[a: string, b: string]>,
  moved: {
    en: (a, b) => `What moved most from ${a} to ${b}`,
    zh: (a, b) => `由“${a}”到“${b}”变化最大的数值`,
  } satisfies Sentence<[a: string, b: string]>,
  chartText: {
    en: (rows) =>
      `The largest relative difference of each of ${rows} indicators, medians; rules: twice the Monte Carlo error to both sides. Nothing smaller than that is shown`,
    zh: (rows) => `${rows}项指标各自相对差异最大的数值（中位数）；细线为两侧各两倍蒙特卡洛误差，小于此者不列`,
  } satisfies Sentence<[rows: string]>,
  relativeAxis: {
    en: () => "Relative difference, %",
    zh: () => "相对差异（%）",
  } satisfies Sentence<[]>,
  otherRun: {
    en: (seed, hash) => `B: seed ${seed}, model hash ${hash}; A: as below`,
    zh: (seed, hash) => `B：种子 ${seed}，模型哈希 ${hash}；A 见下`,
  } satisfies Sentence<[seed: string, hash: string]>,
  counts: {
    en: (all, moved, problems) =>
      `${all} cells were compared; ${moved} moved by more than twice their Monte Carlo error, ${problems} cannot be compared.`,
    zh: (all, moved, problems) => `共比较${all}个数值，${moved}个的变化大于蒙特卡洛误差的两倍，${problems}个无法比较。`,
  } satisfies Sentence<[all: string, moved: string, problems: string]>,
  passed: {
    en: (tolerance) => `Passed: no cell differs by more than ${tolerance} (relative), and none is missing.`,
    zh: (tolerance) => `通过：没有数值的相对差异超过${tolerance}，也没有缺失。`,
  } satisfies Sentence<[tolerance: string]>,
  failed: {
    en: (cells, tolerance) =>
      `Failed: ${cells} cells differ by more than ${tolerance} (relative) or cannot be compared.`,
    zh: (cells, tolerance) => `未通过：${cells}个数值的相对差异超过${tolerance}，或无法比较。`,
  } satisfies Sentence<[cells: string, tolerance: string]>,
  shown: {
    en: (shown, all) => `${shown} of ${all}, the largest relative difference first`,
    zh: (shown, all) => `共${all}个，列出${shown}个，按相对差异由大到小`,
  } satisfies Sentence<[shown: string, all: string]>,
};

/** How differences came about. */
export const PAIRING: Readonly<Record<Comparison["pairing"], Readonly<Record<Language, string>>>> = {
  summary: {
    en: "Differences are medians of paired differences: both scenarios saw the same draws.",
    zh: "差异为配对差值的中位数：两情景使用相同抽样。",
  },
  runs: {
    en: "Differences are medians of paired differences, read from the runs: both scenarios saw the same draws.",
    zh: "差异为由逐次结果计算的配对差值中位数：两情景使用相同抽样。",
  },
  none: {
    en: "Differences are those of medians; there are no pairs of runs, so that no probability can be given.",
    zh: "差异为中位数之差；没有成对的模拟，故无法给出概率。",
  },
};

export const PROBLEMS: Readonly<Record<NonNullable<CellDifference["problem"]>, Readonly<Record<Language, string>>>> = {
  "no value": { en: "no value", zh: "无数值" },
  "only in A": { en: "only in A", zh: "仅 A 有" },
  "only in B": { en: "only in B", zh: "仅 B 有" },
};

export const HEADS: Readonly<Record<Language, readonly string[]>> = {
  en: ["A", "B", "Difference", "Relative", "Monte Carlo error", "P(A > B)"],
  zh: ["A", "B", "差值", "相对差异", "蒙特卡洛误差", "P(A>B)"],
};

export const SECTIONS = {
  indicators: { en: "By indicator", zh: "按指标汇总" },
  cells: { en: "What moved", zh: "变化的数值" },
  problems: { en: "What cannot be compared", zh: "无法比较的数值" },
  failures: { en: "What fails the tolerance", zh: "超出容差的数值" },
  indicator: { en: "Indicator", zh: "指标" },
  count: { en: "Cells", zh: "数值个数" },
  movedCount: { en: "Moved", zh: "变化个数" },
  largest: { en: "Largest relative difference", zh: "最大相对差异" },
  where: { en: "Where", zh: "位置" },
} as const satisfies Record<string, Readonly<Record<Language, string>>>;
