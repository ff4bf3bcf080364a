/** `terrace sensitivity MODEL --rows N`: Sobol' indices from runs that are made for them. */
import { availableParallelism } from "node:os";
import { UsageError } from "../../engine/diagnostics/diagnostic.ts";
import type { BlockResult } from "../../engine/ensemble/block-result.ts";
import { buildCatalog } from "../../engine/ensemble/build-catalog.ts";
import { planFactors } from "../../engine/ensemble/factor-plan.ts";
import { planEnsemble } from "../../engine/ensemble/plan.ts";
import { known } from "../../engine/ensemble/simulate.ts";
import {
  type DesignedSensitivity,
  designedSensitivity,
  type Interval,
  LEAST_DESIGN_ROWS,
} from "../../engine/statistics/sensitivity/by-design.ts";
import { alignColumns } from "../../output/report/text-columns.ts";
import { runEnsemble } from "../../workers/run-ensemble.ts";
import { EXIT } from "../failure.ts";
import { loadModel, usableModel } from "../load-model.ts";
import { ProgressLine } from "../progress-line.ts";
import { chosenCells, type SensitivityArguments, two } from "./sensitivity.ts";

export async function sensitivityByDesign(path: string, rows: number, options: SensitivityArguments): Promise<number> {
  const { language, json, workers } = options;
  const loaded = loadModel(path);
  const usable = usableModel(loaded, language);
  if (!usable) return EXIT.failed;
  const { model, program } = usable;
  const names = model.scenarios.map((s) => s.name);
  const scenario = known(options.scenario ?? model.reference, names, "scenario");
  const catalog = buildCatalog(model, loaded.hash, [scenario]);
  if (catalog.drawColumns.length === 0)
    throw new UsageError("no uncertain parameter in the model: give one a distribution");
  const cells = chosenCells(catalog, options);
  const plan = planFactors(planEnsemble(model, program, catalog, { seed: model.seed, draws: 2 * rows }));
  const runs = `${rows} × (${plan.factors.length} + 2)`;
  process.stderr.write(language === "zh" ? `${runs} = ${plan.draws} 次运行\n` : `${runs} = ${plan.draws} runs\n`);
  const blocks: BlockResult[] = [];
  const line = new ProgressLine(language, process.stderr.isTTY === true);
  await runEnsemble(plan, {
    workers: workers ?? availableParallelism(),
    runnerModule: runnerModule(),
    onBlock: (block) => void blocks.push(block),
    onProgress: (progress) => line.show(progress),
  });
  const whole = blocks.filter((block) => block.failed.every((flag) => flag === 0)).length;
  if (whole < LEAST_DESIGN_ROWS)
    throw new UsageError(`too few draws: in ${whole} of ${rows} rows no run failed (at least ${LEAST_DESIGN_ROWS})`);
  const found = designedSensitivity(catalog, plan.factors, blocks, cells, model.seed);
  if (json) process.stdout.write(`${JSON.stringify({ model: path, scenario, outputs: found }, null, 2)}\n`);
  else process.stdout.write(`${describe(found, scenario, options).join("\n")}\n`);
  return EXIT.well;
}

/** The runner of rows, as source or as built: with the extension of this file. */
function runnerModule(): URL {
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  return new URL(`../../engine/ensemble/factor-plan.${extension}`, import.meta.url);
}

function describe(
  found: readonly DesignedSensitivity[],
  scenario: string,
  { language, top }: SensitivityArguments,
): string[] {
  const zh = language === "zh";
  const rows = found[0]?.rows ?? 0;
  const interval = ({ value, low, high }: Interval) => [two(value), `[${two(low)}, ${two(high)}]`] as const;
  return [
    zh
      ? `情景 ${scenario}，${rows} 行无失败；S 为一阶指数，T 为总指数（95 % 区间）`
      : `scenario ${scenario}, ${rows} rows without a failed run; S: first-order index, T: total index, with their 95 % intervals`,
    ...found.flatMap(({ indicator, key, time, effects }) => {
      const name = `${indicator}${key === "" ? "" : `[${key.replaceAll("|", ", ")}]`} ${time}`;
      if (effects.length === 0) return ["", zh ? `${name}：各次抽样都相同` : `${name}: the same in every draw`];
      const lines = effects.slice(0, top).map(({ factor, first, total }) => {
        const [s, t] = [interval(first), interval(total)];
        return [`  ${factor}`, `S ${s[0]}`, s[1], `T ${t[0]}`, t[1]];
      });
      return ["", name, ...alignColumns(lines)];
    }),
  ];
}
