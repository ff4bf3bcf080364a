/** Reads a results folder: the catalog, the summaries as time series, targets and failures. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { RunFailure } from "../../engine/ensemble/block-result.ts";
import type { Catalog } from "../../engine/ensemble/catalog.ts";
import { integers, numbers, readArrowFile, tableNote, texts } from "./arrow-input.ts";
import { readJsonFile } from "./json-file.ts";
import { assertWhole, readManifest } from "./manifest.ts";
import { ResultsError } from "./results-error.ts";
import { CATALOG_FILE, PROVENANCE_FILE } from "./results-folder.ts";
import { QUANTILE_COLUMNS, type QuantileColumn, quantileColumn, type SummaryNote } from "./summary-table.ts";
import { assertFileUnchanged } from "./verify-results.ts";

/** What a series is asked for by. */
export interface SeriesName {
  readonly scenario: string;
  /** The scenario that is subtracted draw by draw; default `""`, the level. */
  readonly reference?: string;
  readonly indicator: string;
  /** Key of the element; default `""`, that of a scalar. */
  readonly key?: string;
}

/**
 * The summary of one indicator's element in one scenario (or difference) over time; all arrays have the length of `times`.
 *
 * It has what a chart's series needs.
 */
export interface SummarySeries extends Readonly<Record<QuantileColumn, Float64Array>> {
  readonly times: Float64Array;
  /** Draws that count. */
  readonly n: Int32Array;
  /** In the indicator's unit, as are the quantiles and all errors; NaN where no draw counts. */
  readonly mean: Float64Array;
  readonly meanSe: Float64Array;
  /** Monte Carlo standard errors of the quantiles. */
  readonly quantileSe: Readonly<Record<QuantileColumn, Float64Array>>;
  /** Any quantile in per cent, 0 and 100 for the smallest and the largest run; undefined if the catalog's `quantiles` lack it. */
  quantile(percent: number): Float64Array | undefined;
  /** Its Monte Carlo standard error; NaN for the smallest and the largest run. */
  quantileErrorOf(percent: number): Float64Array | undefined;
  /** Share of draws in which the difference is above 0; NaN for levels. */
  readonly pPositive: Float64Array;
  /** How many times more independent draws would be needed for the same error of the mean difference; NaN for levels. */
  readonly varianceReduction: Float64Array;
  /** How far the quantiles may be from those of the draws themselves; 0 for exact summaries. */
  readonly sketchError: Float64Array;
}

export interface TargetRow {
  readonly scenario: string;
  readonly target: string;
  readonly time: number;
  readonly n: number;
  /** Share of the runs that meet the target at this time; NaN if n is 0. */
  readonly share: number;
  readonly se: number;
  /** Ends of the 95 % interval of the share. */
  readonly shareLow: number;
  readonly shareHigh: number;
  /** Runs that meet it at this time and at no earlier one. */
  readonly first: number;
}

/** A failed run, with its scenario by name. */
export interface FailureRow extends Omit<RunFailure, "scenario"> {
  readonly scenario: string;
}

export interface Results {
  readonly folder: string;
  readonly manifest: Readonly<Record<string, unknown>>;
  /** Empty if the folder has none. */
  readonly provenance: Readonly<Record<string, unknown>>;
  readonly catalog: Catalog;
  /** How the summaries were made, runs and failures of each scenario, and the largest residual of each identity. */
  readonly summary: SummaryNote;
  readonly targets: readonly TargetRow[];
  /** @throws ResultsError if there is no such series; the message names those that there are. */
  series(name: SeriesName): SummarySeries;
  hasSeries(name: SeriesName): boolean;
  /**
   * Rows of one target in one scenario, in time order.
   * @throws ResultsError if there is no such scenario or target.
   */
  targetShares(scenario: string, target: string): TargetRow[];
  /** All failed runs, by block. @throws ResultsError if the file cannot be read. */
  failures(): FailureRow[];
}

/**
 * Opens a results folder; only the summaries are read at once.
 * @throws ResultsError if it is not one, or a file is missing, cut short or damaged.
 */
export function openResults(folder: string): Results {
  const root = resolve(folder);
  const manifest = readManifest(root);
  assertWhole(root, manifest);
  const catalog = readJsonFile(join(root, CATALOG_FILE)) as unknown as Catalog;
  const summaryPath = join(root, "summary.arrow");
  const table = readArrowFile(summaryPath);
  const index = new SeriesIndex(
    root,
    catalog,
    guarded(summaryPath, () => readSummaryColumns(table, catalog.quantiles)),
  );
  const targets = readTargets(join(root, "targets.arrow"));
  for (const file of [CATALOG_FILE, "summary.arrow", "targets.arrow"]) assertFileUnchanged(root, file);
  const provenancePath = join(root, PROVENANCE_FILE);
  return {
    folder: root,
    manifest,
    provenance: existsSync(provenancePath) ? readJsonFile(provenancePath) : {},
    catalog,
    // Written by summaryTable as this type.
    summary: tableNote(table.schema, summaryPath).summary as SummaryNote,
    targets,
    series: (name) => index.series(name),
    hasSeries: (name) => index.has(name),
    targetShares: (scenario, target) => targetRows(root, targets, scenario, target),
    failures: () => {
      assertFileUnchanged(root, "failures.arrow");
      return readFailures(join(root, "failures.arrow"));
    },
  };
}

/** The columns of `summary.arrow`. */
interface SummaryColumns extends Omit<SummarySeries, "quantile" | "quantileErrorOf"> {
  /** Those of all quantiles, by name of the column. */
  readonly quantiles: ReadonlyMap<string, Float64Array>;
  readonly scenario: readonly string[];
  readonly reference: readonly string[];
  readonly indicator: readonly string[];
  readonly key: readonly string[];
}

function readSummaryColumns(table: ReturnType<typeof readArrowFile>, percents: readonly number[]): SummaryColumns {
  const names = percents.map(quantileColumn).flatMap((name) => [name, `${name}_se`]);
  const quantiles = new Map(names.map((name) => [name, numbers(table, name)]));
  return {
    quantiles,
    scenario: texts(table, "scenario"),
    reference: texts(table, "reference"),
    indicator: texts(table, "indicator"),
    key: texts(table, "key"),
    times: numbers(table, "time"),
    n: integers(table, "n"),
    mean: numbers(table, "mean"),
    meanSe: numbers(table, "mean_se"),
    ...eachQuantile((column) => quantiles.get(column)!),
    quantileSe: eachQuantile((column) => quantiles.get(`${column}_se`)!),
    pPositive: numbers(table, "p_positive"),
    varianceReduction: numbers(table, "variance_reduction"),
    sketchError: numbers(table, "sketch_error"),
  };
}

function eachQuantile(read: (column: QuantileColumn) => Float64Array): Record<QuantileColumn, Float64Array> {
  const entries = QUANTILE_COLUMNS.map((column) => [column, read(column)] as const);
  // The entries have each key of QUANTILE_COLUMNS once.
  return Object.fromEntries(entries) as Record<QuantileColumn, Float64Array>;
}

/** Finds the rows of a series: they are contiguous, one for each save time. */
class SeriesIndex {
  readonly #folder: string;
  readonly #columns: SummaryColumns;
  readonly #length: number;
  readonly #starts = new Map<string, number>();

  constructor(folder: string, catalog: Catalog, columns: SummaryColumns) {
    this.#folder = folder;
    this.#columns = columns;
    this.#length = catalog.saveTimes.length;
    for (let row = 0; row < columns.times.length; row += this.#length) {
      const { scenario, reference, indicator, key } = columns;
      this.#starts.set(seriesId(scenario[row]!, reference[row]!, indicator[row]!, key[row]!), row);
    }
  }

  has(name: SeriesName): boolean {
    return this.#starts.has(idOf(name));
  }

  series(name: SeriesName): SummarySeries {
    const start = this.#starts.get(idOf(name));
    if (start === undefined) throw this.#unknown(name);
    const columns = this.#columns;
    const part = <A extends Float64Array | Int32Array>(column: A): A =>
      column.subarray(start, start + this.#length) as A;
    const partOf = (name: string): Float64Array | undefined => {
      const column = columns.quantiles.get(name);
      return column && part(column);
    };
    return {
      times: part(columns.times),
      n: part(columns.n),
      mean: part(columns.mean),
      meanSe: part(columns.meanSe),
      ...eachQuantile((column) => part(columns[column])),
      quantileSe: eachQuantile((column) => part(columns.quantileSe[column])),
      quantile: (percent) => partOf(quantileColumn(percent)),
      quantileErrorOf: (percent) => partOf(`${quantileColumn(percent)}_se`),
      pPositive: part(columns.pPositive),
      varianceReduction: part(columns.varianceReduction),
      sketchError: part(columns.sketchError),
    };
  }

  /** Names what there is for the first part of the name that does not fit. */
  #unknown({ scenario, reference = "", indicator, key = "" }: SeriesName): ResultsError {
    const ids = [...this.#starts.keys()].map((id) => JSON.parse(id) as [string, string, string, string]);
    const asked = [scenario, reference, indicator, key] as const;
    const parts = ["scenario", "reference", "indicator", "key"] as const;
    const fits = (id: readonly string[], upTo: number) => asked.slice(0, upTo).every((part, i) => part === id[i]);
    const wrong = parts.findIndex((_, i) => !ids.some((id) => fits(id, i + 1)));
    const known = [...new Set(ids.filter((id) => fits(id, wrong)).map((id) => `${parts[wrong]} "${id[wrong]}"`))];
    const series = parts.map((part, i) => `${part} "${asked[i]}"`).join(", ");
    return new ResultsError({ code: "no-series", path: this.#folder, series, known });
  }
}

function idOf({ scenario, reference = "", indicator, key = "" }: SeriesName): string {
  return seriesId(scenario, reference, indicator, key);
}

function seriesId(scenario: string, reference: string, indicator: string, key: string): string {
  return JSON.stringify([scenario, reference, indicator, key]);
}

function targetRows(root: string, targets: readonly TargetRow[], scenario: string, target: string): TargetRow[] {
  const rows = targets.filter((row) => row.scenario === scenario && row.target === target);
  if (rows.length > 0) return rows;
  const known = [...new Set(targets.map((row) => `scenario "${row.scenario}", target "${row.target}"`))];
  throw new ResultsError({
    code: "no-series",
    path: root,
    series: `scenario "${scenario}", target "${target}"`,
    known,
  });
}

function readTargets(path: string): TargetRow[] {
  const table = readArrowFile(path);
  return guarded(path, () => {
    const scenario = texts(table, "scenario");
    const target = texts(table, "target");
    const [time, share, se] = [numbers(table, "time"), numbers(table, "share"), numbers(table, "share_se")];
    const [shareLow, shareHigh] = [numbers(table, "share_low"), numbers(table, "share_high")];
    const [n, first] = [integers(table, "n"), integers(table, "first")];
    return scenario.map((name, row) => ({
      scenario: name,
      target: target[row]!,
      time: time[row]!,
      n: n[row]!,
      share: share[row]!,
      se: se[row]!,
      shareLow: shareLow[row]!,
      shareHigh: shareHigh[row]!,
      first: first[row]!,
    }));
  });
}

function readFailures(path: string): FailureRow[] {
  const table = readArrowFile(path);
  return guarded(path, () => {
    const [variable, key, value] = [texts(table, "variable"), texts(table, "element"), texts(table, "value")];
    const [code, draw, step] = [texts(table, "code"), integers(table, "draw"), integers(table, "step")];
    const time = numbers(table, "time");
    return texts(table, "scenario").map((scenario, row) => ({
      scenario,
      draw: draw[row]!,
      // The writer's dictionary holds these codes only.
      code: code[row] as RunFailure["code"],
      variable: variable[row]!,
      key: key[row]!,
      step: step[row]!,
      time: time[row]!,
      value: value[row]!,
    }));
  });
}

/** Turns what a file of another form provokes into an error that names the file. */
function guarded<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    if (thrown instanceof ResultsError) throw thrown;
    throw new ResultsError({ code: "damaged-file", path, cause: (thrown as Error).message });
  }
}
