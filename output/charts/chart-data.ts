/**
 * The data behind a chart, as it was read from the results: full numbers in the model's unit, one row a cell and time. It stands
 * beside the chart as JSON, and the report gives it as CSV.
 */
import type { CatalogChart } from "../../engine/ensemble/catalog.ts";
import { type ChartInput, findIndicator, finiteAt, type SummaryQuery } from "./chart-input.ts";
import { isInteractionOf } from "./decomposition.ts";
import { sensitivityOf } from "./tornado.ts";

export type DataValue = string | number | null;

export interface ChartData {
  readonly chart: string;
  /** Kind of the chart; `comparison` for the picture of two sides. */
  readonly kind: CatalogChart["kind"] | "comparison";
  readonly model: string;
  readonly seed: string;
  readonly draws: number;
  readonly columns: readonly string[];
  /** Numbers are null where no run has a value. */
  readonly rows: readonly (readonly DataValue[])[];
}

const QUANTILES = ["q2_5", "q10", "q25", "q50", "q75", "q90", "q97_5"] as const;

/** Digits of a number in the file: what the summaries can carry. */
const DIGITS = 9;

/** Input that notes what a chart reads. */
export interface RecordingInput {
  readonly input: ChartInput;
  /** The data of the chart that has been drawn with it. */
  readonly dataOf: (chart: CatalogChart) => ChartData;
}

export function recordingInput(source: ChartInput): RecordingInput {
  const series = new Map<string, SummaryQuery>();
  const targets = new Map<string, readonly [scenario: string, target: string]>();
  const input: ChartInput = {
    ...source,
    series: (query) => {
      const found = source.series(query);
      series.set(JSON.stringify(query), query);
      return found;
    },
    targetShares: (scenario, target) => {
      const found = source.targetShares(scenario, target);
      targets.set(`${scenario} ${target}`, [scenario, target]);
      return found;
    },
  };
  const dataOf = (chart: CatalogChart): ChartData => {
    const { catalog, facts } = source;
    const about = {
      chart: chart.name,
      kind: chart.kind,
      model: catalog.model.hash,
      seed: facts.seed,
      draws: facts.draws,
    };
    return { ...about, ...tableOf(chart, source, [...series.values()], [...targets.values()]) };
  };
  return { input, dataOf };
}

type Table = Pick<ChartData, "columns" | "rows">;

function tableOf(
  chart: CatalogChart,
  input: ChartInput,
  queries: readonly SummaryQuery[],
  targets: readonly (readonly [scenario: string, target: string])[],
): Table {
  switch (chart.kind) {
    case "quality":
      return qualityTable(input);
    case "tornado":
      return sensitivityTable(chart, input);
    case "table":
      return {
        columns: [...chart.columns.map(({ en }) => en), ...chart.columns.map(({ zh }) => zh)],
        rows: chart.rows.map((row) => [...row.map(({ en }) => en), ...row.map(({ zh }) => zh)]),
      };
    case "targets":
      return targetTable(input, targets);
    case "decomposition": {
      const { columns, rows } = seriesTable(input, queries, undefined);
      return { columns, rows: [...rows, ...interactionRows(chart, input)] };
    }
    default:
      return seriesTable(input, queries, "years" in chart ? chart.years : undefined);
  }
}

/** Every series that was read; of a chart of chosen years only those, where they are all that it needs. */
function seriesTable(input: ChartInput, queries: readonly SummaryQuery[], years: readonly number[] | undefined): Table {
  const rows = queries.flatMap((query): DataValue[][] => {
    const { scenario, reference = "", indicator, key } = query;
    const { unit } = findIndicator(input.catalog, indicator);
    const found = input.series(query);
    return Array.from(found.times).flatMap((time, index) => {
      if (years !== undefined && !years.includes(time)) return [];
      const numbers = [found.mean, ...QUANTILES.map((quantile) => found[quantile])].map((values) =>
        rounded(finiteAt(values, index)),
      );
      return [[scenario, reference, indicator, key, unit, time, found.n[index] ?? 0, ...numbers]];
    });
  });
  return { columns: ["scenario", "reference", "indicator", "key", "unit", "time", "n", "mean", ...QUANTILES], rows };
}

/** Interactions in the columns of a series, with the scenario "whole - part - …"; they have no other numbers than the band. */
function interactionRows(
  chart: Extract<CatalogChart, { kind: "decomposition" }>,
  { catalog, interactions = [] }: ChartInput,
): DataValue[][] {
  const own = interactions.filter((one) => isInteractionOf(chart, one));
  return own.map(({ scenario, scenarios, indicator, time, n, low, high }) => {
    const numbers = ["mean", ...QUANTILES].map((name) =>
      name === "q10" ? rounded(low) : name === "q90" ? rounded(high) : null,
    );
    const name = [scenario, ...scenarios].join(" - ");
    return [name, catalog.reference, indicator, "", findIndicator(catalog, indicator).unit, time, n, ...numbers];
  });
}

function targetTable(input: ChartInput, targets: readonly (readonly [string, string])[]): Table {
  const rows = targets.flatMap(([scenario, target]) =>
    input
      .targetShares(scenario, target)
      .map(({ time, n, share, se }) => [
        scenario,
        target,
        time,
        n,
        rounded(n > 0 ? share : undefined),
        rounded(n > 0 ? se : undefined),
      ]),
  );
  return { columns: ["scenario", "target", "time", "n", "share", "share_se"], rows };
}

function sensitivityTable(chart: Extract<CatalogChart, { kind: "tornado" }>, input: ChartInput): Table {
  const found = sensitivityOf(chart, input);
  const rows = (found?.inputs ?? []).map(({ name, index, low, high, direction }) => [
    name,
    ...[index, low, high, direction].map(rounded),
  ]);
  return { columns: ["input", "first_order", "low_95", "high_95", "rank_correlation"], rows };
}

function qualityTable({ catalog }: ChartInput): Table {
  const rows = catalog.indicators.map(({ name, title, unit, grade, source, observed }) => {
    const last = Math.max(...observed.flatMap(({ time }) => time));
    return [name, title.en, title.zh, unit, grade ?? null, Number.isFinite(last) ? last : null, source ?? null];
  });
  return { columns: ["indicator", "title_en", "title_zh", "unit", "grade", "last_measured", "source"], rows };
}

function rounded(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : Number(value.toPrecision(DIGITS));
}

/** JSON with one row a line. */
export function dataText({ columns, rows, ...about }: ChartData): string {
  const head = JSON.stringify(about).slice(0, -1);
  return `${head},"columns":${JSON.stringify(columns)},"rows":[\n${rows.map((row) => JSON.stringify(row)).join(",\n")}\n]}\n`;
}
