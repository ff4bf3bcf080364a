/**
 * Rows and layers that fans share: bands between quantiles of the runs, and the median's line.
 */
import type { MarkDef } from "vega-lite/types_unstable/mark.js";
import type { LayerSpec, UnitSpec } from "vega-lite/types_unstable/spec/index.js";
import { bandEdges } from "../../engine/ensemble/band-presets.ts";
import { type Bands, bandColour, bandFields, quantileField, quantileOf } from "./bands.ts";
import { type ChartInput, finiteAt, type SummarySeries } from "./chart-input.ts";
import { type DisplayUnit, formatNumber } from "./display-unit.ts";
import type { TimeTip } from "./hover.ts";
import type { FanColours } from "./style.ts";

type Quantile = "q2_5" | "q10" | "q25" | "q50" | "q75" | "q90" | "q97_5";

const QUANTILES: readonly Quantile[] = ["q2_5", "q10", "q25", "q50", "q75", "q90", "q97_5"];

/** A row of inline data: quantiles at one time, in display units; those of further bands beside the standard ones. */
export type FanRow = { readonly time: number } & Readonly<Record<Quantile, number>>;

/** Digits kept in inline data: more than any chart can show, few enough to keep specs small and readable. */
const DATA_DIGITS = 7;

/** A number as it stands in inline data. */
export function dataNumber(value: number): number {
  return Number(value.toPrecision(DATA_DIGITS));
}

/**
 * Rows at which runs have values; times without any are left out (the chart names them, see {@link missingTimes}).
 *
 * @param bands with it, the ends of these bands too.
 * @throws ChartError if the results do not have them.
 */
export function fanRows(
  series: SummarySeries,
  factor: number,
  further: { readonly bands: Bands; readonly input: Pick<ChartInput, "bands"> } | undefined = undefined,
): FanRow[] {
  const columns: [string, ArrayLike<number>][] = QUANTILES.map((name) => [name, series[name]]);
  for (const percent of (further?.bands ?? []).flatMap(bandEdges)) {
    const field = quantileField(percent);
    if (!columns.some(([name]) => name === field)) columns.push([field, quantileOf(series, percent, further!.input)]);
  }
  return Array.from(series.times).flatMap((time, index) => {
    const row: Record<string, number> = { time };
    for (const [name, values] of columns) {
      const value = finiteAt(values, index);
      if (value === undefined) return [];
      row[name] = dataNumber(value * factor);
    }
    // The cast holds because the loop has filled every quantile.
    return [row as FanRow];
  });
}

/** Median and 80 % band of each row in words, for the pointer. */
export function bandTips(
  rows: readonly FanRow[],
  { decimals, label }: Pick<DisplayUnit, "decimals" | "label">,
  timeOf: (time: number) => string,
  format: (value: number, decimals: number) => string = formatNumber,
): TimeTip[] {
  return rows.map(({ time, q10, q50, q90 }) => {
    const [low, middle, high] = [q10, q50, q90].map((value) => format(value, decimals));
    return { time, tip: `${timeOf(time)}: ${middle} (${low} – ${high}) ${label}`.trimEnd() };
  });
}

/** Times at which no run has a value. */
export function missingTimes(series: SummarySeries): number[] {
  return Array.from(series.times).filter((_, index) => finiteAt(series.q50, index) === undefined);
}

/** Largest absolute value of the outermost quantiles, in the model's unit: it decides the display unit. */
export function largestOf(all: readonly SummarySeries[]): number {
  let largest = 0;
  for (const series of all) {
    for (const values of [series.q2_5, series.q97_5]) {
      for (let index = 0; index < values.length; index++) {
        largest = Math.max(largest, Math.abs(finiteAt(values, index) ?? 0));
      }
    }
  }
  return largest;
}

/** Smallest and largest number of runs behind a row. */
export function runRange(all: readonly SummarySeries[]): readonly [number, number] {
  const counts = all.flatMap((series) => Array.from(series.n));
  return [Math.min(...counts), Math.max(...counts)];
}

const X = { field: "time", type: "quantitative" } as const;

/** Bands from wide to narrow, so that the narrow ones lie on top, then the median. */
export function fanLayers(bands: Bands, colours: FanColours): (LayerSpec<string> | UnitSpec<string>)[] {
  const areas = [...bands].reverse().map((percent) => {
    const [low, high] = bandFields(percent);
    return {
      mark: { type: "area", color: bandColour(percent, bands, colours), opacity: 1 },
      encoding: { x: X, y: { field: low, type: "quantitative" }, y2: { field: high } },
    } satisfies UnitSpec<string>;
  });
  const median = {
    mark: { type: "line", color: colours.line, strokeWidth: 1.8, strokeCap: "round" },
    encoding: { x: X, y: { field: "q50", type: "quantitative" } },
  } satisfies UnitSpec<string>;
  return [...areas, median];
}

type TextLayer = Omit<UnitSpec<string>, "mark"> & { readonly mark: MarkDef<"text"> };

/** Text on a white halo, readable over lines and bands: the same text twice, the first with a wide white outline. */
export function haloText(layer: TextLayer): TextLayer[] {
  const outline = { stroke: "white", strokeWidth: 3.5, strokeJoin: "round", color: "white" } as const;
  return [{ ...layer, mark: { ...layer.mark, ...outline } }, layer];
}
