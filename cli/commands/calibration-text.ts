/** The tables of `terrace calibrate`: fit by series and by place, parameters against their prior, what the data do not say. */
import type { CalibratedParameter } from "../../engine/calibration/calibration-tables.ts";
import type { FittedObservation, Posterior, PosteriorParameter } from "../../engine/calibration/describe-posterior.ts";
import type { Language } from "../../engine/diagnostics/diagnostic.ts";
import type { Catalog } from "../../engine/ensemble/catalog.ts";
import { alignColumns } from "../../output/report/text-columns.ts";

/** Beyond this many prior standard deviations a posterior has left the central 95 % of its prior. */
const OUTSIDE = 1.959963984540054;
/** From this ratio of posterior to prior deviation on, the data say nothing about a parameter. */
const UNINFORMED = 0.95;
/** R̂ above this asks for longer chains (Vehtari et al. 2021). */
const R_HAT_LIMIT = 1.01;

/** What `terrace calibrate` finds: the posterior, and what it is of. */
export interface Calibration extends Posterior {
  readonly seed: number;
  /** Runs of the model from its first to its last year. */
  readonly runs: number;
  readonly model: string;
  /** The model that was run, and what the draws are for. */
  readonly history: string;
  /** Labels that the model has as uncertain numbers, hence the columns of the draws. */
  readonly handedOn: readonly string[];
  /** Parameters that are marked but not fitted, with the reason. */
  readonly notFitted: readonly CalibratedParameter[];
}

export const leftPrior = ({ shift }: PosteriorParameter): boolean => Math.abs(shift) > OUTSIDE;
export const isUninformed = ({ spread }: PosteriorParameter): boolean => spread > UNINFORMED;

export function describeCalibration(calibration: Calibration, catalog: Catalog, language: Language): string[] {
  const zh = language === "zh";
  const { parameters, observations } = calibration;
  const sections = [
    opening(calibration, catalog, zh),
    alignColumns(fitRows(observations, (o) => `${o.variable} (${o.unit})`, zh ? "序列" : "series", zh)),
    alignColumns(fitRows(observations, (o) => placeName(o.area, catalog, language), zh ? "地区" : "place", zh)),
    coverage(calibration, zh),
    alignColumns(parameterRows(parameters, zh)),
    findings(calibration, language),
  ];
  return sections.flatMap((lines, i) => (i === 0 ? lines : ["", ...lines]));
}

function opening(
  { parameters, observations, seed, runs, model, history, steps, converged, ...c }: Calibration,
  catalog: Catalog,
  zh: boolean,
): string[] {
  const worst = Math.max(...parameters.map((p) => p.rHat).filter((r) => !Number.isNaN(r)));
  const least = Math.min(...parameters.map((p) => p.bulkEss).filter((n) => !Number.isNaN(n)));
  const title = catalog.model.title[zh ? "zh" : "en"];
  const numbers = `${parameters.length} / ${observations.length}`;
  if (zh)
    return [
      `${title}：${history === model ? model : `${model}（对照数据运行的模型：${history}）`}`,
      `拟合数值 / 观测值：${numbers}；运行 ${runs} 次，种子 ${seed}；数据决定的方向数 ${short(c.effectiveParameters, 3)}`,
      `众数：${steps} 步，${converged ? "已收敛" : "未收敛"}`,
      `抽样：每步 ${short(c.runsPerStep, 3)} 次运行（后验为正态时为 1），失败 ${c.failed} 次；R̂ 最大 ${short(worst, 4)}，有效样本最少 ${Math.round(least)}${worst > R_HAT_LIMIT ? "；链应更长" : ""}`,
    ];
  return [
    `${title}: ${history === model ? model : `${model} (run against the data: ${history})`}`,
    `numbers fitted / observations: ${numbers}; ${runs} runs, seed ${seed}; the data decide ${short(c.effectiveParameters, 3)} directions`,
    `mode: ${steps} steps, ${converged ? "at rest" : "NOT at rest"}`,
    `sampler: ${short(c.runsPerStep, 3)} runs a step (1 where the posterior is normal), ${c.failed} failed; largest R̂ ${short(worst, 4)}, fewest effective draws ${Math.round(least)}${worst > R_HAT_LIMIT ? "; the chains should be longer" : ""}`,
  ];
}

/** Residuals at the mode by series or place, in the unit of the errors, so that 1 is what was expected. */
function fitRows(
  observations: readonly FittedObservation[],
  group: (o: FittedObservation) => string,
  title: string,
  zh: boolean,
): string[][] {
  const header = zh
    ? [title, "点数", "平均残差/误差", "均方根/误差", "留一均方根", "最差：残差/误差"]
    : [title, "points", "mean / error", "RMS / error", "RMS left out", "worst: residual / error"];
  const rows = [...Map.groupBy(observations, group)].map(([name, members]) => {
    const worst = members.reduce((a, b) => (Math.abs(b.residual) > Math.abs(a.residual) ? b : a));
    return [
      name,
      String(members.length),
      short(mean(members.map((o) => o.residual)), 2),
      short(rms(members.map((o) => o.residual)), 2),
      short(rms(members.map((o) => o.leftOut)), 2),
      `${worst.variable} ${worst.area} ${worst.time}: ${short(worst.residual, 2)}`,
    ];
  });
  return [header, ...rows];
}

function coverage({ coverage: bands }: Calibration, zh: boolean): string[] {
  const percent = (share: number): string => `${Math.round(100 * share)} %`;
  const list = (of: (b: Calibration["coverage"][number]) => number): string =>
    bands.map((b) => `${percent(of(b))} ${zh ? "在" : "in"} ${percent(b.band)}`).join(zh ? "，" : ", ");
  return zh
    ? [`后验预测区间内的观测值：${list((b) => b.seen)}`, `留一预测（众数处线性近似）：${list((b) => b.leftOut)}`]
    : [
        `observations in the bands of the posterior predictions: ${list((b) => b.seen)}`,
        `the same with each observation left out (linear at the mode): ${list((b) => b.leftOut)}`,
      ];
}

function parameterRows(parameters: readonly PosteriorParameter[], zh: boolean): string[][] {
  const header = zh
    ? [
        "参数",
        "先验中位数",
        "先验 95 %",
        "众数",
        "后验中位数",
        "后验 95 %",
        "后验/先验标准差",
        "偏移",
        "R̂",
        "有效样本",
        "",
      ]
    : ["parameter", "prior", "95 %", "mode", "posterior", "95 %", "sd / prior", "shift", "R̂", "ESS", ""];
  const rows = parameters.map((p) => [
    p.label,
    short(p.prior.median),
    `${short(p.prior.low, 3)} … ${short(p.prior.high, 3)}`,
    short(p.mode),
    short(p.posterior.median),
    `${short(p.posterior.low, 3)} … ${short(p.posterior.high, 3)}`,
    short(p.spread, 2),
    short(p.shift, 2),
    short(p.rHat),
    Number.isNaN(p.bulkEss) ? "" : String(Math.round(p.bulkEss)),
    [
      leftPrior(p) ? (zh ? "超出先验" : "outside prior") : "",
      isUninformed(p) ? (zh ? "数据无信息" : "no information") : "",
    ]
      .filter((text) => text !== "")
      .join(", "),
  ]);
  return [header, ...rows];
}

function findings({ parameters, handedOn, notFitted }: Calibration, language: Language): string[] {
  const zh = language === "zh";
  const list = (items: readonly string[]): string => (items.length === 0 ? (zh ? "无" : "none") : items.join(", "));
  const outside = list(parameters.filter(leftPrior).map((p) => p.label));
  const silent = list(parameters.filter(isUninformed).map((p) => p.label));
  const own = parameters.map((p) => p.label).filter((label) => !handedOn.includes(label));
  return [
    zh ? `超出先验 95 % 区间的参数：${outside}` : `parameters that left the central 95 % of their prior: ${outside}`,
    zh ? `数据无信息的参数：${silent}` : `parameters about which the data say nothing: ${silent}`,
    ...(own.length === 0
      ? []
      : [
          zh
            ? `只属于对照数据的模型、不写入抽样文件的参数：${list(own)}`
            : `parameters of the model that is run against the data alone, not in the draws: ${list(own)}`,
        ]),
    ...notFitted.map((p) =>
      zh
        ? `未拟合：${p.name}${p.note.zh && `：${p.note.zh}`}`
        : `not fitted: ${p.name}${p.note.en && `: ${p.note.en}`}`,
    ),
  ];
}

function placeName(code: string, catalog: Catalog, language: Language): string {
  const element = catalog.dimensions.flatMap((d) => d.elements).find((e) => e.code === code);
  return element ? element.title[language] : code;
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const rms = (values: readonly number[]): number => Math.sqrt(mean(values.map((value) => value * value)));
const short = (value: number, digits = 4): string =>
  Number.isNaN(value) ? "" : String(Number(value.toPrecision(digits)));
