/** `terrace audit`: how much the time step matters, beside how much the draws do. */
import { availableParallelism } from "node:os";
import { type Language, UsageError } from "../../engine/diagnostics/diagnostic.ts";
import { allKnown } from "../../engine/diagnostics/known-name.ts";
import type { BlockResult } from "../../engine/ensemble/block-result.ts";
import { buildCatalog } from "../../engine/ensemble/build-catalog.ts";
import { withFinerStep } from "../../engine/ensemble/finer-step.ts";
import { shownNames } from "../../engine/ensemble/foreign-columns.ts";
import { planEnsemble } from "../../engine/ensemble/plan.ts";
import { type TimeStepError, timeStepErrors } from "../../engine/statistics/time-step-error.ts";
import { alignColumns } from "../../output/report/text-columns.ts";
import { runEnsemble } from "../../workers/run-ensemble.ts";
import { count } from "../count.ts";
import { EXIT } from "../failure.ts";
import type { ForeignFiles } from "../foreign-files.ts";
import { type LoadedModel, openModel, usableModel } from "../load-model.ts";

export interface AuditArguments {
  readonly language: Language;
  readonly json: boolean;
  /** Default: the reference scenario alone. */
  readonly scenarios: readonly string[] | undefined;
  readonly draws: number;
  readonly workers: number | undefined;
  readonly scenarioFiles: readonly string[];
  readonly foreign: ForeignFiles;
}

/** Small blocks, so that few draws keep all workers busy. */
const BLOCK_DRAWS = 8;

export async function audit(path: string, options: AuditArguments): Promise<number> {
  const loaded = await openModel(path, options.scenarioFiles, options.foreign);
  const usable = await usableModel(loaded, options.language);
  if (!usable || !loaded.document) return EXIT.failed;
  const { model } = usable;
  const all = model.scenarios.map((s) => s.name);
  const scenarios = (options.scenarios && allKnown(options.scenarios, all, "scenario")) ?? [model.reference];
  const catalog = buildCatalog(model, loaded.hash, scenarios);
  if (catalog.indicators.length === 0)
    throw new UsageError(`no indicator in the model: mark a variable with "indicator: end"`);
  const runs = [
    await runWithStep(loaded, scenarios, 1, options),
    await runWithStep(loaded, scenarios, 2, options),
    await runWithStep(loaded, scenarios, 4, options),
  ] as const;
  const errors = timeStepErrors(catalog, runs);
  const { numerator, denominator, text } = loaded.document.header.step;
  const step = numerator / denominator;
  if (options.json)
    process.stdout.write(`${JSON.stringify({ step, draws: options.draws, scenarios, errors }, null, 2)}\n`);
  else
    process.stdout.write(
      `${describe(errors, text, catalog.indicators, shownNames(model, loaded.origin), options).join("\n")}\n`,
    );
  return EXIT.well;
}

async function runWithStep(
  loaded: LoadedModel,
  scenarios: readonly string[],
  divisor: number,
  { draws, workers, language }: AuditArguments,
): Promise<readonly BlockResult[]> {
  const { model, program } = withFinerStep(loaded.document!, loaded.sources, divisor);
  const catalog = buildCatalog(model, loaded.hash, scenarios);
  const plan = planEnsemble(model, program, catalog, { seed: model.seed, draws, blockDraws: BLOCK_DRAWS });
  const step = divisor === 1 ? "h" : `h/${divisor}`;
  process.stderr.write(
    language === "zh"
      ? `步长 ${step}：${draws * scenarios.length} 次运行，每次 ${program.clock.steps} 步\n`
      : `step ${step}: ${count(draws * scenarios.length, "run")} of ${count(program.clock.steps, "step")}\n`,
  );
  const blocks: BlockResult[] = [];
  await runEnsemble(plan, {
    workers: workers ?? availableParallelism(),
    onBlock: (block) => void blocks.push(block),
  });
  return blocks;
}

type Indicators = ReturnType<typeof buildCatalog>["indicators"];

function describe(
  errors: readonly TimeStepError[],
  step: string,
  indicators: Indicators,
  shown: (name: string) => string,
  options: AuditArguments,
): string[] {
  const zh = options.language === "zh";
  const units = new Map(indicators.map(({ name, unit }) => [name, unit]));
  const header = zh
    ? ["指标", "占区间宽度", "差异 h−h/2", "单位", "收敛阶", "误差估计", "位置"]
    : ["indicator", "of band", "h − h/2", "unit", "order", "error", "where"];
  const sorted = errors.toSorted((a, b) => (b.share ?? -1) - (a.share ?? -1));
  const rows = sorted.map((e) => [
    shown(e.indicator),
    e.share === null ? "–" : `${(100 * e.share).toPrecision(2)} %`,
    short(e.difference),
    units.get(e.indicator)!,
    e.order === null ? "–" : e.order.toFixed(1),
    short(e.error),
    `${e.scenario}${e.key === "" ? "" : ` ${e.key}`} ${e.time}`,
  ]);
  return [
    zh
      ? `步长 h = ${step}；每个指标取差异占 80 % 区间宽度最大之处（${options.draws} 次抽样）`
      : `step h = ${step}; for each indicator, where the difference is the largest share of the 80 % band (${options.draws} draws)`,
    "",
    ...alignColumns([header, ...rows]),
  ];
}

function short(value: number | null): string {
  return value === null ? "–" : String(Number(value.toPrecision(3)));
}
