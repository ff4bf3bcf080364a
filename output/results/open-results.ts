/** Reads a results folder: the catalog, the summaries as time series, targets and failures. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Schema } from "apache-arrow";
import type { RunFailure } from "../../engine/ensemble/block-result.ts";
import type { Catalog } from "../../engine/ensemble/catalog.ts";
import { integers, numbers, readArrowFile, tableNote, texts } from "./arrow-input.ts";
import { readJsonFile } from "./json-file.ts";
import { assertWhole, readManifest } from "./manifest.ts";
import { ResultsError } from "./results-error.ts";
import { CATALOG_FILE, PROVENANCE_FILE } from "./results-folder.ts";
import { SummaryFile } from "./summary-file.ts";
import { QUANTILE_COLUMNS, type QuantileColumn, quantileColumn, type SummaryNote } from "./summary-table.ts";
import { assertFileUnchanged } from "./verify-results.ts";

const SUMMARY_FILE = "summary.arrow";

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
 * Opens a results folder; what is read at once is which series there are, and the targets.
 * @throws ResultsError if it is not one, or a file is missing, cut short or damaged.
 */
export function openResults(folder: string): Results {
  const root = resolve(folder);
  const manifest = readManifest(root);
  assertWhole(root, manifest);
  const catalog = readJsonFile(join(root, CATALOG_FILE)) as unknown as Catalog;
  const summaryPath = join(root, SUMMARY_FILE);
  const index = guarded(summaryPath, () => new SeriesIndex(root, catalog, new SummaryFile(summaryPath)));
  const targets = readTargets(join(root, "targets.arrow"));
  for (const file of [CATALOG_FILE, SUMMARY_FILE, "targets.arrow"]) assertFileUnchanged(root, file);
  const provenancePath = join(root, PROVENANCE_FILE);
  return {
    folder: root,
    manifest,
    provenance: existsSync(provenancePath) ? readJsonFile(provenancePath) : {},
    catalog,
    // Written by summaryTable as this type.
    summary: tableNote(index.schema, summaryPath).summary as SummaryNote,
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

/** Number columns of `summary.arrow` beside the quantiles. */
const NUMBER_COLUMNS = ["time", "mean", "mean_se", "p_positive", "variance_reduction", "sketch_error"] as const;

function eachQuantile(read: (column: QuantileColumn) => Float64Array): Record<QuantileColumn, Float64Array> {
  const entries = QUANTILE_COLUMNS.map((column) => [column, read(column)] as const);
  // The entries have each key of QUANTILE_COLUMNS once.
  return Object.fromEntries(entries) as Record<QuantileColumn, Float64Array>;
}

/** Finds the rows of a series in `summary.arrow`, and reads them: they are contiguous, one for each save time. */
class SeriesIndex {
  readonly #folder: string;
  readonly #file: SummaryFile;
  readonly #length: number;
  /** Names of all columns of quantiles and of their errors. */
  readonly #quantiles: readonly string[];
  readonly #starts = new Map<string, number>();

  /** @throws Error if a column is missing */
  constructor(folder: string, catalog: Catalog, file: SummaryFile) {
    this.#folder = folder;
    this.#file = file;
    this.#length = catalog.saveTimes.length;
    this.#quantiles = catalog.quantiles.map(quantileColumn).flatMap((name) => [name, `${name}_se`]);
    const [scenario, reference, indicator, key] = ["scenario", "reference", "indicator", "key"].map((name) =>
      file.names(name, this.#length),
    );
    for (const i of scenario!.keys())
      this.#starts.set(seriesId(scenario![i]!, reference![i]!, indicator![i]!, key![i]!), i * this.#length);
    // Whoever opens results is told at once if they are not whole.
    const [first] = this.#starts.values();
    if (first !== undefined) this.#at(first);
  }

  get schema(): Schema {
    return this.#file.schema;
  }

  has(name: SeriesName): boolean {
    return this.#starts.has(idOf(name));
  }

  series(name: SeriesName): SummarySeries {
    const start = this.#starts.get(idOf(name));
    if (start === undefined) throw this.#unknown(name);
    return guarded(join(this.#folder, SUMMARY_FILE), () => this.#at(start));
  }

  #at(start: number): SummarySeries {
    const columns = this.#file.numbers([...NUMBER_COLUMNS, ...this.#quantiles], start, this.#length);
    const quantiles = new Map(this.#quantiles.map((name) => [name, columns[name]!]));
    return {
      times: columns.time!,
      n: this.#file.integers("n", start, this.#length),
      mean: columns.mean!,
      meanSe: columns.mean_se!,
      ...eachQuantile((column) => quantiles.get(column)!),
      quantileSe: eachQuantile((column) => quantiles.get(`${column}_se`)!),
      quantile: (percent) => quantiles.get(quantileColumn(percent)),
      quantileErrorOf: (percent) => quantiles.get(`${quantileColumn(percent)}_se`),
      pPositive: columns.p_positive!,
      varianceReduction: columns.variance_reduction!,
      sketchError: columns.sketch_error!,
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
