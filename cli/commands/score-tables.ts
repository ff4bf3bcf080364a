/** The tables of `terrace score`: by variable and level, by place, and the criteria of a good forecast. */
import type { Observation } from "../../engine/calibration/observation-map.ts";
import { BANDS, type GroupScore, NAIVE, type PointScore, scoreGroup } from "../../engine/calibration/score.ts";
import type { Language } from "../../engine/diagnostics/diagnostic.ts";
import type { Catalog } from "../../engine/ensemble/catalog.ts";
import { alignColumns } from "../../output/report/text-columns.ts";
import { count } from "../count.ts";

export type Verdict = "good" | "acceptable" | "poor";

export interface VariableScore extends GroupScore {
  readonly variable: string;
  readonly unit: string;
  /** Code of a place, or the dimension of the places. */
  readonly level: string;
  /** By the limits in the table of names; null where it has none. */
  readonly verdict: Verdict | null;
}

export interface Scores {
  readonly variables: readonly VariableScore[];
  readonly areas: readonly (GroupScore & { readonly area: string })[];
  readonly all: GroupScore;
}

/** @param observations Those that the points were scored from, in the same order. */
export function groupedScores(points: readonly PointScore[], observations: readonly Observation[]): Scores {
  const pairs = points.map((point, i) => ({ point, output: observations[i]!.output }));
  const byVariable = Map.groupBy(pairs, ({ output: o }) => JSON.stringify([o.variable, o.unit, o.level]));
  const byArea = Map.groupBy(points, (point) => point.area);
  return {
    variables: [...byVariable.values()].map((group) => {
      const { variable, unit, level, judgement } = group[0]!.output;
      const scored = scoreGroup(group.map(({ point }) => point));
      return { variable, unit, level, ...scored, verdict: judgement && verdictOf(scored, judgement) };
    }),
    areas: [...byArea].map(([area, group]) => ({ area, ...scoreGroup(group) })),
    all: scoreGroup(points),
  };
}

function verdictOf(
  scored: GroupScore,
  limits: { readonly metric: "mae" | "mape"; readonly good: number; readonly acceptable: number },
): Verdict | null {
  const value = scored[limits.metric];
  if (value === null) return null;
  if (value <= limits.good) return "good";
  return value <= limits.acceptable ? "acceptable" : "poor";
}

const WORDS: Readonly<Record<Verdict, string>> = { good: "良好", acceptable: "可接受", poor: "不足" };

export function describeScores(
  scenario: string,
  points: readonly PointScore[],
  { variables, areas, all }: Scores,
  catalog: Catalog,
  language: Language,
): string[] {
  const zh = language === "zh";
  const draws = Math.min(...points.map((p) => p.n));
  const verdict = (v: Verdict | null): string => (v === null ? "–" : zh ? WORDS[v] : v);
  const measures = zh
    ? ["点数", "MAPE %", "CRPS 优于", ...BANDS.map((b) => `${b} %`)]
    : ["points", "MAPE %", "CRPS better", ...BANDS.map((b) => `in ${b} %`)];
  const cells = (s: GroupScore): string[] => [
    String(s.n),
    short(s.mape),
    `${s.better}/${s.compared}`,
    ...s.coverage.map((share) => `${Math.round(100 * share)}`),
  ];
  const inUnits = zh
    ? ["变量", "范围", "单位", "偏差", "MAE", "CRPS", "末值", "直线", "逻辑", "U^M", "U^S", "U^C", "评价"]
    : ["variable", "level", "unit", "bias", "MAE", "CRPS", "last", "trend", "logistic", "U^M", "U^S", "U^C", "verdict"];
  const level = (name: string): string => placeName(name, catalog, language);
  return [
    zh
      ? `情景 ${scenario}，${points.length} 个观测值，至少 ${draws} 次抽样；预测取中位数`
      : `scenario ${scenario}, ${count(points.length, "observed value")}, at least ${count(draws, "draw")}; the forecast is the median`,
    "",
    ...alignColumns([
      inUnits,
      ...variables.map((v) => [
        v.variable,
        level(v.level),
        v.unit,
        ...[v.bias, v.mae, v.crps, ...NAIVE.map((name) => v.naiveCrps[name])].map(short),
        ...(v.theil ? [v.theil.bias, v.theil.variation, v.theil.covariation] : [null, null, null]).map(share),
        verdict(v.verdict),
      ]),
    ]),
    "",
    ...alignColumns([
      [zh ? "变量" : "variable", zh ? "范围" : "level", ...measures],
      ...variables.map((v) => [v.variable, level(v.level), ...cells(v)]),
    ]),
    "",
    ...alignColumns([
      [zh ? "地区" : "place", ...measures],
      ...areas.map((a) => [level(a.area), ...cells(a)]),
      [zh ? "全部" : "all", ...cells(all)],
    ]),
    "",
    ...criteria(all, zh),
  ];
}

/** The rules for all series together: skill in four of five, and bands that hold what they say. */
function criteria({ better, compared, coverage }: GroupScore, zh: boolean): string[] {
  const [, in80, in95] = coverage as [number, number, number];
  const percent = (x: number): string => `${Math.round(100 * x)} %`;
  const skill = compared === 0 ? null : better / compared;
  const held = in80 >= 0.7 && in80 <= 0.9 && in95 >= 0.88;
  const word = (isGood: boolean, isAcceptable = false): string => {
    const verdict: Verdict = isGood ? "good" : isAcceptable ? "acceptable" : "poor";
    return zh ? WORDS[verdict] : verdict;
  };
  return [
    skill === null
      ? zh
        ? "没有历史数据，未与简单预测比较"
        : "no history, so no comparison with naive forecasts"
      : `${zh ? "CRPS 低于所有简单预测的序列" : "series with CRPS below every naive forecast"}: ${percent(skill)} (${word(skill >= 0.8, skill >= 0.6)})`,
    `${zh ? "80 % 与 95 % 区间的覆盖率" : "coverage of the 80 % and 95 % bands"}: ${percent(in80)}, ${percent(in95)} (${word(held)})`,
  ];
}

/** The title of a place or dimension; codes that no element has are shown as they are. */
function placeName(name: string, catalog: Catalog, language: Language): string {
  const dimension = catalog.dimensions.find((d) => d.name === name);
  const element = catalog.dimensions.flatMap((d) => d.elements).find((e) => e.code === name);
  return (dimension ?? element)?.title[language] ?? name;
}

const short = (value: number | null): string => (value === null ? "–" : String(Number(value.toPrecision(3))));
const share = (value: number | null): string => (value === null ? "–" : (Math.round(100 * value) / 100 + 0).toFixed(2));
