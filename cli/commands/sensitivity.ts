/** `terrace sensitivity`: what the spread of results comes from, out of the runs of an ensemble or of runs made for it. */
import type { Language } from "../../engine/diagnostics/diagnostic.ts";
import { known } from "../../engine/diagnostics/known-name.ts";
import { alignColumns } from "../../output/report/text-columns.ts";
import { type CellOutput, cellSensitivities } from "../../output/results/cell-sensitivity.ts";
import { openResults } from "../../output/results/open-results.ts";
import { EXIT } from "../failure.ts";
import type { ForeignFiles } from "../foreign-files.ts";
import { chosenCells, two } from "./output-cells.ts";

export interface SensitivityArguments {
  readonly language: Language;
  readonly json: boolean;
  /** Default: the reference. */
  readonly scenario: string | undefined;
  /** Default: all scalar ones. */
  readonly indicators: readonly string[] | undefined;
  /** Save times, or `all`; default: the last. */
  readonly times: readonly string[] | undefined;
  /** How many inputs to show for each output. */
  readonly top: number;
  /** Rows of a design, for a model; undefined for results. */
  readonly rows: number | undefined;
  /** Files that add scenarios to the model, with rows. */
  readonly scenarioFiles: readonly string[];
  /** Files beside a model of another tool, with rows. */
  readonly foreign: ForeignFiles;
  /** What rows are: pairs of draws by Saltelli's scheme, or trajectories of Morris. */
  readonly method: "sobol" | "morris";
  readonly workers: number | undefined;
}

/** @param folder Results; with `rows`, a model. */
export async function sensitivity(folder: string, options: SensitivityArguments): Promise<number> {
  if (options.rows !== undefined) {
    const { sensitivityByDesign } = await import("./sensitivity-by-design.ts");
    return sensitivityByDesign(folder, options.rows, options);
  }
  const results = openResults(folder);
  const { catalog } = results;
  const scenarios = catalog.scenarios.map((s) => s.name);
  const scenario = known(options.scenario ?? catalog.reference, scenarios, "scenario");
  const outputs = await cellSensitivities(results, scenario, chosenCells(catalog, options));
  if (options.json) process.stdout.write(`${JSON.stringify({ results: folder, scenario, outputs }, null, 2)}\n`);
  else process.stdout.write(`${describe(outputs, scenario, options).join("\n")}\n`);
  return EXIT.well;
}

function describe(outputs: readonly CellOutput[], scenario: string, { language, top }: SensitivityArguments): string[] {
  const zh = language === "zh";
  const n = outputs[0]?.sensitivity.n ?? 0;
  const constant = outputs[0]?.sensitivity.constantInputs ?? [];
  return [
    zh
      ? `情景 ${scenario}，${n} 次未失败的抽样；S 为一阶指数（95 % 区间），r 为秩回归系数`
      : `scenario ${scenario}, ${n} draws that did not fail; S: first-order index with its 95 % interval, r: coefficient of rank regression`,
    ...(constant.length > 0
      ? [zh ? `不变的参数：${constant.join("、")}` : `inputs that do not vary: ${constant.join(", ")}`]
      : []),
    ...outputs.flatMap((output) => ["", ...describeOutput(output, top, zh)]),
  ];
}

function describeOutput(
  { indicator, key, time, sensitivity: found, shares }: CellOutput,
  top: number,
  zh: boolean,
): string[] {
  const name = `${indicator}${key === "" ? "" : `[${key.replaceAll("|", ", ")}]`} ${time}`;
  if (!found.doesOutputVary) return [zh ? `${name}：各次抽样都相同` : `${name}: the same in every draw`];
  const percent = (share: number) => `${Math.round(100 * share)} %`;
  const explained = found.explained === null ? null : percent(found.explained);
  const made = shares && [percent(shares.scenarios), percent(shares.draws), percent(shares.both)];
  const rows = found.effects
    .slice(0, top)
    .map(({ input, firstOrder, rankCoefficient }) => [
      `  ${input}`,
      `S ${two(firstOrder.index)}`,
      `[${two(firstOrder.low)}, ${two(firstOrder.high)}]`,
      rankCoefficient === null ? "r –" : `r ${two(rankCoefficient.value)}`,
    ]);
  return [
    explained === null
      ? `${name}${zh ? "（抽样太少，未做秩回归）" : " (too few draws for a rank regression)"}`
      : `${name}${zh ? `（秩回归解释 ${explained}）` : ` (ranks explained: ${explained})`}`,
    ...alignColumns(rows),
    ...(made
      ? [
          zh
            ? `  全部情景的方差：情景 ${made[0]}，抽样 ${made[1]}，二者交互 ${made[2]}`
            : `  variance over all scenarios: scenarios ${made[0]}, draws ${made[1]}, both together ${made[2]}`,
        ]
      : []),
  ];
}
