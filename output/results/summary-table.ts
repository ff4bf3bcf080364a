/** `summary.arrow` and `targets.arrow`: the finished statistics of an ensemble. */
import type { Catalog } from "../../engine/ensemble/catalog.ts";
import type {
  EnsembleFacts,
  StatisticsByContrast,
  SummaryRows,
  TargetRows,
} from "../../engine/statistics/summary-rows.ts";
import type { RecordBatch } from "./arrow-output.ts";
import { type ColumnNote, integerColumn, nameColumn, numberColumn, TableShape } from "./columns.ts";

/** Columns of the quantiles that every summary has, in the order of the engine's `STANDARD_QUANTILES`. */
export const QUANTILE_COLUMNS = ["q2_5", "q10", "q25", "q50", "q75", "q90", "q97_5"] as const;

export type QuantileColumn = (typeof QUANTILE_COLUMNS)[number];

/** Column of a quantile given in per cent, such as `q12_5`; that of its error ends in `_se`. */
export function quantileColumn(percent: number): string {
  return `q${String(percent).replace(".", "_")}`;
}

/** How the statistics came about; stored as JSON under `summary` in the metadata of `summary.arrow`. */
export interface SummaryNote {
  readonly method: EnsembleFacts["method"];
  /** Runs of each scenario. */
  readonly runs: readonly { readonly scenario: string; readonly runs: number; readonly failed: number }[];
  /** Largest residual of each identity over all runs, as a share of its scale; null if it is not a finite number. */
  readonly identities: readonly {
    readonly name: string;
    readonly residual: number | null;
    readonly tolerance: number;
  }[];
}

export function summaryNote(catalog: Catalog, statistics: EnsembleFacts): SummaryNote {
  return {
    method: statistics.method,
    runs: statistics.runs.map((counts, i) => ({ scenario: catalog.scenarios[i]!.name, ...counts })),
    identities: catalog.identities.map(({ name, tolerance }, i) => {
      const residual = statistics.identityResiduals[i]!;
      return { name, residual: Number.isFinite(residual) ? residual : null, tolerance };
    }),
  };
}

/** The summary as one batch for each scenario and difference. */
export function summaryTable(
  catalog: Catalog,
  statistics: StatisticsByContrast,
  note: ColumnNote,
): { shape: TableShape; batches: Iterable<RecordBatch> } {
  const scenarioNames = catalog.scenarios.map((scenario) => scenario.name);
  const keys = [...new Set(catalog.indicators.flatMap((indicator) => indicator.keys))];
  const quantiles = catalog.quantiles.map(quantileColumn);
  const columns = [
    nameColumn("scenario", 0, scenarioNames),
    nameColumn("reference", 1, ["", ...scenarioNames]),
    nameColumn(
      "indicator",
      2,
      catalog.indicators.map((indicator) => indicator.name),
    ),
    nameColumn("key", 3, keys),
    numberColumn("time", { unit: catalog.time.unit }),
    integerColumn("n"),
    numberColumn("mean"),
    numberColumn("mean_se"),
    ...quantiles.map((name) => numberColumn(name)),
    ...quantiles.map((name) => numberColumn(`${name}_se`)),
    numberColumn("p_positive"),
    numberColumn("variance_reduction"),
    numberColumn("sketch_error"),
  ];
  const shape = new TableShape("summary", columns, { ...note, summary: summaryNote(catalog, statistics) });
  const keysOf = keyPositions(catalog, keys);
  const batch = (rows: SummaryRows): RecordBatch =>
    shape.batch(rows.length, [
      rows.scenario,
      rows.reference.map((position) => position + 1),
      rows.indicator,
      rows.key.map((key, row) => keysOf[rows.indicator[row]!]![key]!),
      rows.time,
      rows.n,
      rows.mean,
      rows.meanSe,
      ...rows.quantiles,
      ...rows.quantilesSe,
      rows.pPositive,
      rows.varianceReduction,
      rows.sketchError,
    ]);
  return { shape, batches: eachOf(statistics.contrasts, batch) };
}

/** Makes one after the other, when it is asked for. */
function* eachOf<From, To>(items: Iterable<From>, make: (item: From) => To): Iterable<To> {
  for (const item of items) yield make(item);
}

/** For each indicator, the positions of its keys in the list of all keys. */
function keyPositions(catalog: Catalog, keys: readonly string[]): number[][] {
  const positions = new Map(keys.map((key, position) => [key, position]));
  return catalog.indicators.map((indicator) => indicator.keys.map((key) => positions.get(key)!));
}

export function targetsTable(
  catalog: Catalog,
  rows: TargetRows,
  note: ColumnNote,
): { shape: TableShape; batches: RecordBatch[] } {
  const columns = [
    nameColumn(
      "scenario",
      0,
      catalog.scenarios.map((scenario) => scenario.name),
    ),
    nameColumn(
      "target",
      1,
      catalog.targets.map((target) => target.name),
    ),
    numberColumn("time", { unit: catalog.time.unit }),
    integerColumn("n"),
    numberColumn("share"),
    numberColumn("share_se"),
    numberColumn("share_low"),
    numberColumn("share_high"),
    integerColumn("first"),
  ];
  const shape = new TableShape("targets", columns, note);
  const values = [
    rows.scenario,
    rows.target,
    rows.time,
    rows.n,
    rows.share,
    rows.shareSe,
    rows.shareLow,
    rows.shareHigh,
  ];
  return { shape, batches: [shape.batch(rows.length, [...values, rows.first])] };
}
