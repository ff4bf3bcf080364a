/** Why a chart cannot be drawn, in words: one wording for each problem and language. */
import type { ChartProblemData, NeededShape } from "../chart-problem-data.ts";

type ProblemTable = {
  readonly [Code in keyof ChartProblemData]: Readonly<Record<"en" | "zh", (data: ChartProblemData[Code]) => string>>;
};

const SHAPES: Readonly<Record<NeededShape, { readonly en: string; readonly zh: string }>> = {
  none: { en: "has dimensions, and this kind of chart shows scalars", zh: "带有维度，而此类图表只能画标量" },
  one: { en: "needs exactly one dimension", zh: "必须正好有一个维度" },
  "at-most-one": { en: "has more than one dimension", zh: "的维度多于一个" },
  two: { en: "needs exactly two dimensions", zh: "必须正好有两个维度" },
  "sides-ages": {
    en: "needs two dimensions: sides, with two elements, and ages",
    zh: "必须有两个维度：左右两侧（两个元素）和年龄",
  },
  "places-parts": {
    en: "needs two dimensions, places and parts of the index",
    zh: "必须有两个维度：地区和指数的各部分",
  },
  "warnings-places": { en: "needs two dimensions, warnings and places", zh: "必须有两个维度：预警指标和地区" },
};

const chartEn = (name: string) => `chart "${name}"`;
const chartZh = (name: string) => `图表 "${name}"`;

export const PROBLEMS: ProblemTable = {
  "unknown-indicator": {
    en: ({ indicator }) => `there is no indicator named "${indicator}" in the results`,
    zh: ({ indicator }) => `结果中没有名为 "${indicator}" 的指标`,
  },
  "unknown-scenario": {
    en: ({ scenario }) => `there is no scenario named "${scenario}" in the results`,
    zh: ({ scenario }) => `结果中没有名为 "${scenario}" 的情景`,
  },
  "no-quantile": {
    en: ({ percent, preset }) => `the results have no ${percent} % quantile: run again with --quantiles ${preset}`,
    zh: ({ percent, preset }) => `结果中没有 ${percent}% 分位数：请加 --quantiles ${preset} 重新运行`,
  },
  "no-seed": {
    en: ({ folder }) => `the manifest of "${folder}" states no seed`,
    zh: ({ folder }) => `"${folder}" 的 manifest 没有写明种子`,
  },
  "no-sensitivity": {
    en: ({ chart }) =>
      `${chartEn(chart)}: no sensitivity has been computed for it; terrace report RESULTS --sensitivity does, where runs are kept`,
    zh: ({ chart }) =>
      `${chartZh(chart)}：尚未计算敏感性；保留逐次结果时可用 terrace report RESULTS --sensitivity 计算`,
  },
  "other-run": {
    en: ({ file, folder }) =>
      `"${file}" belongs to another run; terrace report ${folder} --sensitivity computes it anew`,
    zh: ({ file, folder }) => `"${file}" 属于另一次运行；用 terrace report ${folder} --sensitivity 重新计算`,
  },
  "no-specs": {
    en: ({ folder }) => `"${folder}" has no chart specifications (*.vl.json)`,
    zh: ({ folder }) => `"${folder}" 中没有图表规格文件（*.vl.json）`,
  },
  shape: {
    en: ({ chart, indicator, needs }) => `${chartEn(chart)}: "${indicator}" ${SHAPES[needs].en}`,
    zh: ({ chart, indicator, needs }) => `${chartZh(chart)}："${indicator}" ${SHAPES[needs].zh}`,
  },
  "file-name": {
    en: ({ name }) => `"${name}" cannot be the name of a chart's file`,
    zh: ({ name }) => `"${name}" 不能用作图表的文件名`,
  },
  "against-itself": {
    en: ({ chart, scenario }) => `${chartEn(chart)} compares the reference scenario "${scenario}" with itself`,
    zh: ({ chart, scenario }) => `${chartZh(chart)}把基准情景 "${scenario}" 与它自己比较`,
  },
  "few-parts": {
    en: ({ chart }) => `${chartEn(chart)} needs two parts or more (scenarios) beside the whole (scenario)`,
    zh: ({ chart }) => `${chartZh(chart)}除整体（scenario）外还需要至少两个部分（scenarios）`,
  },
  "two-years": {
    en: ({ chart }) => `${chartEn(chart)} needs two different years`,
    zh: ({ chart }) => `${chartZh(chart)}需要两个不同的年份`,
  },
  "no-request": {
    en: ({ chart }) => `${chartEn(chart)} needs at least one indicator and one year`,
    zh: ({ chart }) => `${chartZh(chart)}至少需要一个指标和一个年份`,
  },
  "four-counts": {
    en: ({ chart }) =>
      `${chartEn(chart)} needs four indicators of one dimension: hits, misses, false alarms, quiet times`,
    zh: ({ chart }) => `${chartZh(chart)}需要同一维度的四个指标：命中、漏报、误报、正确静默`,
  },
  "no-targets": {
    en: ({ chart }) => `${chartEn(chart)}: the model has no targets`,
    zh: ({ chart }) => `${chartZh(chart)}：模型没有目标`,
  },
  "no-layout": {
    en: ({ chart, dimension }) => `${chartEn(chart)}: the dimension "${dimension}" has no layout for a map of tiles`,
    zh: ({ chart, dimension }) => `${chartZh(chart)}：维度 "${dimension}" 没有方格地图的布局（layout）`,
  },
  "no-share": {
    en: ({ chart, indicator }) => `${chartEn(chart)}: "${indicator}" is no share; growth towards 100 % needs one`,
    zh: ({ chart, indicator }) => `${chartZh(chart)}："${indicator}" 不是比率；趋向 100% 的增长需要比率`,
  },
  "other-unit": {
    en: ({ chart, indicator, first, with: same }) =>
      `${chartEn(chart)}: "${indicator}" is not in the unit${same === "unit" ? "" : " and reading"} of "${first}"`,
    zh: ({ chart, indicator, first, with: same }) =>
      `${chartZh(chart)}："${indicator}" 的单位${same === "unit" ? "" : "或取值方式"}与 "${first}" 不同`,
  },
  "other-dimension": {
    en: ({ chart, indicator, dimension }) =>
      `${chartEn(chart)}: "${indicator}" does not have the dimension of the bars, ${dimension === undefined ? "for there is none" : `"${dimension}"`}`,
    zh: ({ chart, indicator, dimension }) =>
      `${chartZh(chart)}："${indicator}" 没有条形所用的维度${dimension === undefined ? "（各指标都没有维度）" : ` "${dimension}"`}`,
  },
  "no-parts": {
    en: ({ chart, indicator }) => `${chartEn(chart)}: the second dimension of "${indicator}" gives no parts`,
    zh: ({ chart, indicator }) => `${chartZh(chart)}："${indicator}" 的第二个维度分不出组成部分`,
  },
  "many-parts": {
    en: ({ chart, parts, most }) =>
      `${chartEn(chart)} has ${parts} parts; no more than ${most} colours can be told apart`,
    zh: ({ chart, parts, most }) => `${chartZh(chart)}有 ${parts} 个部分；能够分辨的颜色不超过 ${most} 种`,
  },
  "no-rows": {
    en: ({ chart }) => `${chartEn(chart)} has no rows`,
    zh: ({ chart }) => `${chartZh(chart)}没有任何行`,
  },
  "many-columns": {
    en: ({ chart, columns }) => `${chartEn(chart)}: ${columns} columns do not fit on a page`,
    zh: ({ chart, columns }) => `${chartZh(chart)}：一页放不下 ${columns} 列`,
  },
  "no-value": {
    en: ({ chart, of, where }) => `${chartEn(chart)}: no run has a value of "${of}" (${where})`,
    zh: ({ chart, of, where }) => `${chartZh(chart)}：没有任何模拟给出 "${of}" 的值（${where}）`,
  },
  "no-pair": {
    en: ({ chart, under }) => `${chartEn(chart)}: no pair of runs has a value under "${under}"`,
    zh: ({ chart, under }) => `${chartZh(chart)}："${under}" 下没有任何一对模拟给出数值`,
  },
  "no-target-value": {
    en: ({ chart }) => `${chartEn(chart)}: no run has a value for any target`,
    zh: ({ chart }) => `${chartZh(chart)}：没有任何模拟给出目标所需的数值`,
  },
  "no-change": {
    en: ({ chart }) => `${chartEn(chart)}: no two times have values`,
    zh: ({ chart }) => `${chartZh(chart)}：没有两个相邻时点都有数值`,
  },
  "few-places": {
    en: ({ chart }) => `${chartEn(chart)}: fewer than three places have values`,
    zh: ({ chart }) => `${chartZh(chart)}：有数值的地区不足三个`,
  },
  "no-event": {
    en: ({ chart }) => `${chartEn(chart)}: no run has an event`,
    zh: ({ chart }) => `${chartZh(chart)}：没有任何模拟出现事件`,
  },
  "does-not-vary": {
    en: ({ chart, indicator }) => `${chartEn(chart)}: "${indicator}" does not vary`,
    zh: ({ chart, indicator }) => `${chartZh(chart)}："${indicator}" 在各次模拟中没有差别`,
  },
  "not-positive": {
    en: ({ chart, indicator }) =>
      `${chartEn(chart)}: "${indicator}" must be above zero, growth rates are of logarithms`,
    zh: ({ chart, indicator }) => `${chartZh(chart)}："${indicator}" 必须大于零，因为增速按对数计算`,
  },
  "light-level": {
    en: ({ chart, cell, low, high, most }) =>
      `${chartEn(chart)}: warning levels go from 0 to ${most}; "${cell}" has ${low} to ${high}`,
    zh: ({ chart, cell, low, high, most }) =>
      `${chartZh(chart)}：预警等级为 0 至 ${most}；"${cell}" 为 ${low} 至 ${high}`,
  },
  "boundaries-json": {
    en: ({ cause }) => `the boundaries are not JSON: ${cause}`,
    zh: ({ cause }) => `边界文件不是 JSON：${cause}`,
  },
  "boundaries-collection": {
    en: () => "the boundaries are no GeoJSON FeatureCollection",
    zh: () => "边界文件不是 GeoJSON 的 FeatureCollection",
  },
  "boundaries-feature": {
    en: ({ number }) => `feature ${number} of the boundaries is neither Polygon nor MultiPolygon`,
    zh: ({ number }) => `边界文件的第 ${number} 个要素既不是 Polygon 也不是 MultiPolygon`,
  },
  "boundaries-place": {
    en: ({ place, dimension }) =>
      `the boundaries have no feature for "${place}" of "${dimension}" (by code, name or title)`,
    zh: ({ place, dimension }) => `边界文件中没有 "${dimension}" 的 "${place}"（按代码、名称或标题查找）`,
  },
};
