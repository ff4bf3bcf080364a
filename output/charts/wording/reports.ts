/** Sentences of reports: the summary, what is missing, where figures come from. */
import type { Title } from "../../../engine/ensemble/catalog.ts";
import type { Language } from "../chart-input.ts";
import type { Sentence } from "./sentence.ts";

/** Names of the facts at the end of a report. */
export const PROVENANCE_WORDS = {
  model: { en: "Model", zh: "模型" },
  hash: { en: "Model hash", zh: "模型哈希" },
  run: { en: "Run", zh: "运行" },
  seed: { en: "Seed", zh: "种子" },
  design: { en: "Design", zh: "抽样设计" },
  draws: { en: "Draws a scenario", zh: "每情景抽样次数" },
  failed: { en: "Failed runs", zh: "失败模拟" },
  command: { en: "Draw again", zh: "重绘命令" },
} satisfies Record<string, Title>;

/** With the scenarios of a batch that would have them all. */
export const notDrawnText: Sentence<[charts: string, scenarios: string]> = {
  en: (charts, scenarios) =>
    `Not drawn, because scenarios that they show were not run: ${charts}. terrace run MODEL --scenario ${scenarios} runs them too`,
  zh: (charts, scenarios) =>
    `以下图表所用的情景未运行，故未绘制：${charts}。可用 terrace run MODEL --scenario ${scenarios} 一并运行`,
};

export const noReferenceText: Sentence<[charts: string]> = {
  en: (charts) => `Not drawn, because this batch has no other scenario to compare with: ${charts}`,
  zh: (charts) => `本次结果中没有可供比较的其他情景，未绘制：${charts}`,
};

export const noSensitivityText: Sentence<[charts: string]> = {
  en: (charts) =>
    `Not drawn, because nobody has computed sensitivities for these results (terrace report RESULTS --sensitivity does, where runs are kept): ${charts}`,
  zh: (charts) =>
    `以下图表需要敏感性结果，尚未计算（保留逐次结果时可用 terrace report RESULTS --sensitivity 计算）：${charts}`,
};

export const chartOfScenarios: Sentence<[chart: string, scenarios: string]> = {
  en: (chart, scenarios) => `${chart} (needs ${scenarios})`,
  zh: (chart, scenarios) => `${chart}（需要 ${scenarios}）`,
};

export const reportTitle: Sentence<[model: string]> = {
  en: (model) => `${model}: scenario report`,
  zh: (model) => `${model}情景推演报告`,
};

export const summaryCaption: Sentence<[]> = {
  en: () => "Median and, in brackets, the band that holds 80% of the runs",
  zh: () => "中位数，括号内为包含80%模拟的区间",
};

export const differenceHeading: Sentence<[reference: string, time: string]> = {
  en: (reference, time) => `Difference from ${reference}, ${time}`,
  zh: (reference, time) => `${time}与${reference}之差`,
};

export const furtherText: Sentence<[indicators: string]> = {
  en: (indicators) => `${indicators} further indicators under every scenario (open to read or print)`,
  zh: (indicators) => `其他${indicators}项指标（展开后可阅读和打印）`,
};

export const medianByScenario: Sentence<[time: string]> = {
  en: (time) => `Medians of ${time} by scenario`,
  zh: (time) => `${time}各情景中位数`,
};

/** What the Monte Carlo errors of a design are worth; null where they are what they say. */
export function errorsText(errors: string, language: Language): string | null {
  if (errors === "independent" || errors === "replicates") return null;
  const isLarge = errors === "conservative";
  if (language === "zh") return `蒙特卡洛误差按独立抽样计算，实际误差${isLarge ? "一般更小" : "更大"}`;
  return `Monte Carlo errors are computed as for independent draws and are mostly too ${isLarge ? "large" : "small"}`;
}

export const courseText: Sentence<[title: string, scenario: string, time: string, value: string, band: string]> = {
  en: (title, scenario, time, value, band) =>
    `${title}: ${value} in ${time} under ${scenario} (80% of the runs: ${band})`,
  zh: (title, scenario, time, value, band) => `${title}：${scenario}下${time}年为${value}（80%的模拟在${band}之间）`,
};

export const effectText: Sentence<
  [title: string, scenarios: readonly [string, string], time: string, value: string, band: string]
> = {
  en: (title, [scenario, reference], time, value, band) =>
    `${title}: ${scenario} changes it by ${value} in ${time} against ${reference} (80% of the pairs of runs: ${band})`,
  zh: (title, [scenario, reference], time, value, band) =>
    `${title}：${time}年“${scenario}”较“${reference}”变化${value}（80%的配对模拟在${band}之间）`,
};

/** The same of many scenarios at once. */
export const goalsOfAll: Sentence<[all: number, scenarios: string]> = {
  en: (all, scenarios) => `Of ${all} targets so many are met in at least two runs of three: ${scenarios}`,
  zh: (all, scenarios) => `${all}项目标中，在三分之二以上的模拟中达成的项数：${scenarios}`,
};

export const goalsText: Sentence<[scenario: string, likely: number, all: number]> = {
  en: (scenario, likely, all) => `${scenario}: ${likely} of ${all} targets are met in at least two runs of three`,
  zh: (scenario, likely, all) => `${scenario}：${all}项目标中有${likely}项在三分之二以上的模拟中达成`,
};
