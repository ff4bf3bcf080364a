/** `terrace compare`: two scenarios of a batch, or two batches. */
import { writeFileSync } from "node:fs";
import { type Language, UsageError } from "../../engine/diagnostics/diagnostic.ts";
import { allKnown, savedTimes } from "../../engine/diagnostics/known-name.ts";
import {
  type CellDifference,
  type Comparison,
  compareBatches,
  compareScenarios,
  failures,
  moved,
} from "../../output/compare/compare-results.ts";
import { PAIRING, PROBLEMS } from "../../output/compare/comparison-wording.ts";
import { alignColumns } from "../../output/report/text-columns.ts";
import { openResults, type Results } from "../../output/results/open-results.ts";
import { EXIT } from "../failure.ts";
import { checkOutputFile } from "../output-file.ts";

export interface CompareArguments {
  readonly language: Language;
  readonly json: boolean;
  /** Results folder in which A and B are scenarios; without it they are results folders. */
  readonly results: string | undefined;
  /** Largest relative difference that passes; without it the command only tells. */
  readonly tolerance: number | undefined;
  /** Save times; default: the last. */
  readonly times: readonly string[] | undefined;
  readonly top: number;
  /** HTML file to write. */
  readonly report: string | undefined;
}

export async function compare(a: string, b: string, options: CompareArguments): Promise<number> {
  const { tolerance } = options;
  if (tolerance !== undefined && !(tolerance >= 0))
    throw new UsageError("invalid --tolerance: it takes a number from 0");
  checkOutputFile(options.report);
  const { comparison, first, second } =
    options.results === undefined ? batches(a, b, options) : await scenarios(options.results, a, b, options);
  const failed = tolerance === undefined ? [] : failures(comparison, tolerance);
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ a, b, ...comparison, tolerance, failed: failed.length }, null, 1)}\n`);
  } else process.stdout.write(`${describe(comparison, failed, a, b, options).join("\n")}\n`);
  if (options.report !== undefined) await writePage(comparison, first, second, a, b, options);
  return failed.length > 0 ? EXIT.failed : EXIT.well;
}

interface Compared {
  readonly comparison: Comparison;
  readonly first: Results;
  readonly second: Results;
}

async function scenarios(folder: string, a: string, b: string, options: CompareArguments): Promise<Compared> {
  const results = openResults(folder);
  const names = results.catalog.scenarios.map(({ name }) => name);
  const [one, other] = allKnown([a, b], names, "scenario") as [string, string];
  const comparison = await compareScenarios(results, one, other, chosen(results, options));
  return { comparison, first: results, second: results };
}

function batches(a: string, b: string, options: CompareArguments): Compared {
  const [first, second] = [openResults(a), openResults(b)];
  return { comparison: compareBatches(first, second, chosen(first, options)), first, second };
}

/** Vega is loaded only here, since it is slow to load. */
async function writePage(
  comparison: Comparison,
  first: Results,
  second: Results,
  a: string,
  b: string,
  options: CompareArguments,
): Promise<void> {
  const [{ resultsInput }, { comparisonPage }] = await Promise.all([
    import("../../output/charts/results-input.ts"),
    import("../../output/compare/comparison-page.ts"),
  ]);
  const { results, report, tolerance, language } = options;
  const command = [
    `terrace compare ${a} ${b}`,
    ...(results === undefined ? [] : [`--results ${results}`]),
    ...(tolerance === undefined ? [] : [`--tolerance ${tolerance}`]),
    `--report ${report}`,
  ].join(" ");
  const sides = { a, b, inputA: resultsInput(first, command), inputB: resultsInput(second, command) };
  writeFileSync(report!, await comparisonPage(comparison, sides, tolerance, language));
  if (!options.json) process.stdout.write(`${language === "zh" ? "报告：" : "report: "}${report}\n`);
}

function chosen({ catalog: { saveTimes } }: Results, { times }: CompareArguments): readonly number[] {
  if (times === undefined) return [saveTimes.at(-1)!];
  if (times.length === 1 && times[0] === "all") return saveTimes;
  return savedTimes(times, saveTimes);
}

function describe(
  comparison: Comparison,
  failed: readonly CellDifference[],
  a: string,
  b: string,
  { language, tolerance, top }: CompareArguments,
): string[] {
  const zh = language === "zh";
  const all = comparison.cells;
  const changed = moved(comparison);
  const problems = all.filter(({ problem }) => problem !== undefined);
  const lines = [
    zh
      ? `${a} 与 ${b}：${all.length} 个数值，${changed.length} 个的变化大于蒙特卡洛误差的两倍，${problems.length} 个无法比较`
      : `${a} and ${b}: ${all.length} cells, ${changed.length} moved by more than twice their Monte Carlo error, ${problems.length} cannot be compared`,
    PAIRING[comparison.pairing][language],
    ...table(changed.slice(0, top), zh),
  ];
  if (problems.length > 0) {
    lines.push("", zh ? "无法比较：" : "cannot be compared:");
    for (const cell of problems.slice(0, top)) lines.push(`  ${cellName(cell)}: ${PROBLEMS[cell.problem!][language]}`);
  }
  if (tolerance === undefined) return lines;
  const verdict = failed.length === 0 ? (zh ? "通过" : "passed") : zh ? "未通过" : "failed";
  lines.push(
    "",
    zh
      ? `${verdict}：${failed.length} 个数值超出容差 ${tolerance} 或无法比较`
      : `${verdict}: ${failed.length} cells beyond the tolerance ${tolerance} or not to be compared`,
    ...table(failed.filter(({ problem }) => problem === undefined).slice(0, top), zh),
  );
  return lines;
}

function table(cells: readonly CellDifference[], zh: boolean): string[] {
  if (cells.length === 0) return [];
  const head = zh
    ? ["", "A", "B", "差值", "相对", "误差", "P(A>B)"]
    : ["", "A", "B", "difference", "relative", "error", "P(A>B)"];
  const rows = cells.map((cell) => [
    `  ${cellName(cell)}`,
    ...[cell.a, cell.b, cell.difference].map(number),
    cell.relative === null ? "–" : `${(100 * cell.relative).toFixed(2)} %`,
    number(cell.error),
    cell.aAboveB === null ? "–" : cell.aAboveB.toFixed(2),
  ]);
  return alignColumns([head, ...rows]);
}

function cellName({ scenario, indicator, key, time }: CellDifference): string {
  return `${scenario} ${indicator}${key === "" ? "" : `[${key.replaceAll("|", ", ")}]`} ${time}`;
}

function number(value: number | null): string {
  return value === null ? "–" : String(Number(value.toPrecision(5)));
}
