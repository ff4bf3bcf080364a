/** `terrace sensitivity MODEL --rows N`: Sobol' indices or elementary effects, from runs that are made for them. */
import { availableParallelism } from "node:os";
import { UsageError } from "../../engine/diagnostics/diagnostic.ts";
import { known } from "../../engine/diagnostics/known-name.ts";
import { buildCatalog } from "../../engine/ensemble/build-catalog.ts";
import { planFactors } from "../../engine/ensemble/factor-plan.ts";
import { planMorris } from "../../engine/ensemble/morris-plan.ts";
import { type EnsemblePlan, planEnsemble } from "../../engine/ensemble/plan.ts";
import type { RowPlan } from "../../engine/ensemble/run-rows.ts";
import { designedSensitivity, LEAST_DESIGN_ROWS } from "../../engine/statistics/sensitivity/by-design.ts";
import { type DesignOutput, DesignRows } from "../../engine/statistics/sensitivity/design-rows.ts";
import { elementaryEffects, LEAST_TRAJECTORIES } from "../../engine/statistics/sensitivity/elementary-effects.ts";
import type { Interval } from "../../engine/statistics/sensitivity/interval.ts";
import { alignColumns } from "../../output/report/text-columns.ts";
import { compilePlan } from "../../workers/kernel-tier.ts";
import { runEnsemble } from "../../workers/run-ensemble.ts";
import { count } from "../count.ts";
import { EXIT } from "../failure.ts";
import { openModel, usableModel } from "../load-model.ts";
import { ProgressLine } from "../progress-line.ts";
import { chosenCells, two } from "./output-cells.ts";
import type { SensitivityArguments } from "./sensitivity.ts";

/** Effects of one output, the largest first, as labelled intervals. */
interface Found extends DesignOutput {
  readonly rows: number;
  readonly effects: readonly (object & { readonly factor: string })[];
}

export async function sensitivityByDesign(path: string, rows: number, options: SensitivityArguments): Promise<number> {
  const { language, json } = options;
  const loaded = await openModel(path, options.scenarioFiles, options.foreign);
  const usable = await usableModel(loaded, language);
  if (!usable) return EXIT.failed;
  const { model, program } = usable;
  const names = model.scenarios.map((s) => s.name);
  const scenario = known(options.scenario ?? model.reference, names, "scenario");
  const catalog = buildCatalog(model, loaded.hash, [scenario]);
  if (catalog.drawColumns.length === 0)
    throw new UsageError("no uncertain parameter in the model: give one a distribution");
  const least = options.method === "morris" ? LEAST_TRAJECTORIES : LEAST_DESIGN_ROWS;
  if (rows < least) throw new UsageError(`invalid --rows: ${rows} (at least ${least} for ${options.method})`);
  const ensemble = (draws: number): EnsemblePlan =>
    compilePlan(planEnsemble(model, program, catalog, { seed: model.seed, draws }), {
      runs: rows * (catalog.drawColumns.length + 2),
    }).plan;
  const found =
    options.method === "morris"
      ? await byTrajectories(ensemble(rows), options)
      : await byPairs(ensemble(2 * rows), options);
  const { method } = options;
  if (json) process.stdout.write(`${JSON.stringify({ model: path, scenario, method, outputs: found }, null, 2)}\n`);
  else process.stdout.write(`${describe(found, scenario, options).join("\n")}\n`);
  return EXIT.well;
}

async function byPairs(ensemble: EnsemblePlan, options: SensitivityArguments): Promise<Found[]> {
  const plan = planFactors(ensemble);
  const [rows, least] = [ensemble.draws / 2, LEAST_DESIGN_ROWS];
  const values = await runRows(
    plan,
    { rows, least, runs: `${plan.factors.length} + 2`, runner: "factor-plan" },
    options,
  );
  return designedSensitivity(plan.factors, values, ensemble.seed);
}

async function byTrajectories(ensemble: EnsemblePlan, options: SensitivityArguments): Promise<Found[]> {
  const plan = planMorris(ensemble);
  const [rows, least] = [ensemble.draws, LEAST_TRAJECTORIES];
  const values = await runRows(
    plan,
    { rows, least, runs: `${plan.factors.length} + 1`, runner: "morris-plan" },
    options,
  );
  return elementaryEffects(plan, values, ensemble.seed);
}

interface RowsWanted {
  readonly rows: number;
  /** Rows without a failed run that are needed. */
  readonly least: number;
  /** Runs of a row, in words. */
  readonly runs: string;
  /** Module of the engine that runs a row. */
  readonly runner: "factor-plan" | "morris-plan";
}

/** Runs all rows and keeps the values of the outputs that are asked for. */
async function runRows(
  plan: RowPlan,
  { rows, least, runs, runner }: RowsWanted,
  options: SensitivityArguments,
): Promise<DesignRows> {
  const { language, workers } = options;
  const product = `${rows} × (${runs}) =`;
  process.stderr.write(
    language === "zh" ? `${product} ${plan.draws} 次运行\n` : `${product} ${count(plan.draws, "run")}\n`,
  );
  const values = new DesignRows(plan.catalog, chosenCells(plan.catalog, options));
  const line = new ProgressLine(language, process.stderr.isTTY === true);
  await runEnsemble(plan, {
    workers: workers ?? availableParallelism(),
    runnerModule: runnerModule(runner),
    onBlock: (block) => values.add(block),
    onProgress: (progress) => line.show(progress),
  });
  const whole = values.numbers.length;
  if (whole < least)
    throw new UsageError(`too few draws: in ${whole} of ${rows} rows no run failed (at least ${least})`);
  return values;
}

/** A module of the engine, as source or as built: with the extension of this file. */
function runnerModule(name: RowsWanted["runner"]): URL {
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  return new URL(`../../engine/ensemble/${name}.${extension}`, import.meta.url);
}

/** The measures of an effect, with the letters that stand for them. */
const MEASURES = [
  ["first", "S"],
  ["total", "T"],
  ["muStar", "μ*"],
  ["mu", "μ"],
  ["sigma", "σ"],
] as const;

function describe(
  found: readonly Found[],
  scenario: string,
  { language, top, method }: SensitivityArguments,
): string[] {
  const zh = language === "zh";
  const rows = found[0]?.rows ?? 0;
  return [
    method === "morris"
      ? zh
        ? `情景 ${scenario}，${rows} 条轨迹无失败；μ* 为基本效应绝对值的均值，μ 为均值，σ 为标准差（指标单位，95 % 区间）`
        : `scenario ${scenario}, ${rows} trajectories without a failed run; elementary effects in the unit of the output: mean of absolute values μ*, mean μ, standard deviation σ, with their 95 % intervals`
      : zh
        ? `情景 ${scenario}，${rows} 行无失败；S 为一阶指数，T 为总指数（95 % 区间）`
        : `scenario ${scenario}, ${rows} rows without a failed run; S: first-order index, T: total index, with their 95 % intervals`,
    ...found.flatMap(({ indicator, key, time, effects }) => {
      const name = `${indicator}${key === "" ? "" : `[${key.replaceAll("|", ", ")}]`} ${time}`;
      if (effects.length === 0) return ["", zh ? `${name}：各次抽样都相同` : `${name}: the same in every draw`];
      const show = method === "morris" ? three : two;
      const lines = effects.slice(0, top).map((effect) => {
        const measures = effect as unknown as Readonly<Record<string, Interval | undefined>>;
        const cells = MEASURES.flatMap(([measure, letter]) => {
          const interval = measures[measure];
          return interval
            ? [`${letter} ${show(interval.value)}`, `[${show(interval.low)}, ${show(interval.high)}]`]
            : [];
        });
        return [`  ${effect.factor}`, ...cells];
      });
      return ["", name, ...alignColumns(lines)];
    }),
  ];
}

/** Three significant digits: effects are in the unit of their output. */
const three = (value: number): string => String(Number(value.toPrecision(3)));
