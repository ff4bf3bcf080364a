/** The tables of `terrace validate`. */
import type { Language } from "../../engine/diagnostics/diagnostic.ts";
import type { Model } from "../../engine/model/model.ts";
import { alignColumns } from "../../output/report/text-columns.ts";
import { count } from "../count.ts";
import type { StepResult, TestResult, Validation } from "./validation.ts";

export function describeValidation(
  { runs, failures, identities, tests, step, passes }: Validation,
  model: Model,
  shown: (name: string) => string,
  language: Language,
): string[] {
  const zh = language === "zh";
  const verdict = (isPassed: boolean): string => (isPassed ? (zh ? "通过" : "pass") : zh ? "未通过" : "FAIL");
  const failed = [...identities, ...tests, ...(step ? [step] : [])].filter((t) => !t.passes).length + failures.length;
  return [
    zh ? `${model.title.zh}：${runs} 次中心值运行` : `${model.title.en}: ${count(runs, "run")} at central values`,
    ...failures.map((f) =>
      zh
        ? `运行失败：${f.run}，${shown(f.variable)}，时间 ${f.time}`
        : `run failed: ${f.run}, ${shown(f.variable)} at time ${f.time}`,
    ),
    ...(identities.length === 0 ? [] : ["", ...alignColumns(identityRows(identities, verdict, language))]),
    ...(tests.length === 0
      ? []
      : [
          "",
          ...alignColumns([
            zh
              ? ["检验", "出处", "期望", "数值", "对照", "单位", "结果"]
              : ["test", "section", "expected", "value", "against", "unit", "result"],
            ...tests.map((t) => [
              t.title[language],
              t.section,
              expected(t, zh),
              ...numbers(t),
              t.unit,
              verdict(t.passes),
            ]),
          ]),
        ]),
    ...(step ? ["", ...describeStep(step, verdict(step.passes), shown, zh)] : []),
    "",
    passes ? (zh ? "全部通过" : "all passed") : zh ? `${failed} 项未通过` : `${failed} failed`,
  ];
}

function identityRows(
  identities: Validation["identities"],
  verdict: (isPassed: boolean) => string,
  language: Language,
): string[][] {
  const header =
    language === "zh"
      ? ["恒等式", "最大残差", "容差", "结果"]
      : ["identity", "largest residual", "tolerance", "result"];
  const row = (i: Validation["identities"][number]): string[] => [
    i.title[language],
    short(i.residual),
    short(i.tolerance),
    verdict(i.passes),
  ];
  return [header, ...identities.map(row)];
}

function describeStep(
  { worst, limit, counts }: StepResult,
  verdict: string,
  shown: (name: string) => string,
  zh: boolean,
): string[] {
  const changed = counts.map((c) => shown(c.indicator));
  const where = worst ? ` (${place(shown(worst.indicator), worst.key)} ${worst.time})` : "";
  const size = `${Number((100 * (worst?.share ?? 0)).toPrecision(2))} %`;
  return [
    zh
      ? `步长减半：指标的变化至多为其最大值的 ${size}${where}，限值 ${limit} %：${verdict}`
      : `step halving: indicators change by up to ${size} of their largest value${where}, limit ${limit} %: ${verdict}`,
    ...(changed.length > 0
      ? [
          zh
            ? `  取整数值的指标有跳变：${changed.join("、")}`
            : `  indicators of whole numbers that jump: ${changed.join(", ")}`,
        ]
      : []),
  ];
}

const ZH: Readonly<Record<TestResult["expect"], string>> = {
  rises: "高于",
  falls: "低于",
  zero: "为零",
  at_most: "至多",
  at_least: "至少",
  not_negative: "始终非负",
  bounded: "绝对值有界",
  stays_at_most: "始终至多",
  stays_at_least: "始终至少",
};

/** What the test expects, at the element and time that come closest to breaking it. */
function expected({ variable, key, year, expect, against, limit, outcome }: TestResult, zh: boolean): string {
  const what = `${place(variable, outcome?.key ?? key)} ${outcome?.time ?? year}`;
  const how = zh ? ZH[expect] : expect.replaceAll("_", " ");
  if (against === null) return `${what} ${how}`;
  const factor = limit === 1 ? "" : `${limit} × `;
  return `${what} ${how} ${factor}${"year" in against ? against.year : against.scenario}`;
}

function numbers({ outcome }: TestResult): [string, string] {
  if (!outcome) return ["–", "–"];
  return [short(outcome.value), outcome.bound === null ? "" : short(outcome.bound)];
}

const place = (variable: string, key: string): string =>
  key === "" ? variable : `${variable}[${key.replaceAll("|", ", ")}]`;
const short = (value: number): string => String(Number(value.toPrecision(4)));
