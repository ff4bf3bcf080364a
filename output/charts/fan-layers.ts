/**
 * Rows and layers that fans share: bands between quantiles of the runs, and the median's line.
 */
import type { MarkDef } from "vega-lite/types_unstable/mark.js";
import type { LayerSpec, UnitSpec } from "vega-lite/types_unstable/spec/index.js";
import { finiteAt, type Language, type SummarySeries } from "./chart-input.ts";
import type { LegendEntry } from "./legend-strip.ts";
import type { FanColours } from "./style.ts";
import * as wording from "./wording.ts";

/** A central band: `percent` of the runs lie between two quantiles. */
export type BandPercent = 50 | 80 | 95;

type Quantile = "q2_5" | "q10" | "q25" | "q50" | "q75" | "q90" | "q97_5";

const QUANTILES: readonly Quantile[] = ["q2_5", "q10", "q25", "q50", "q75", "q90", "q97_5"];

export const BAND_QUANTILES: Readonly<Record<BandPercent, readonly [Quantile, Quantile]>> = {
  95: ["q2_5", "q97_5"],
  80: ["q10", "q90"],
  50: ["q25", "q75"],
};

/** A row of inline data: quantiles at one time, in display units. */
export type FanRow = { readonly time: number } & Readonly<Record<Quantile, number>>;

/** Digits kept in inline data: more than any chart can show, few enough to keep specs small and readable. */
const DATA_DIGITS = 7;

/** A number as it stands in inline data. */
export function dataNumber(value: number): number {
  return Number(value.toPrecision(DATA_DIGITS));
}

/** Rows at which runs have values; times without any are left out (the chart names them, see {@link missingTimes}). */
export function fanRows(series: SummarySeries, factor: number): FanRow[] {
  return Array.from(series.times).flatMap((time, index) => {
    const row: Record<string, number> = { time };
    for (const quantile of QUANTILES) {
      const value = finiteAt(series[quantile], index);
      if (value === undefined) return [];
      row[quantile] = dataNumber(value * factor);
    }
    // The cast holds because the loop has filled every quantile.
    return [row as FanRow];
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
export function fanLayers(
  percents: readonly BandPercent[],
  colours: FanColours,
): (LayerSpec<string> | UnitSpec<string>)[] {
  const widest = [...percents].sort((a, b) => b - a);
  const bands = widest.map((percent) => {
    const [low, high] = BAND_QUANTILES[percent];
    return {
      mark: { type: "area", color: bandColour(percent, colours), opacity: 1 },
      encoding: { x: X, y: { field: low, type: "quantitative" }, y2: { field: high } },
    } satisfies UnitSpec<string>;
  });
  const median = {
    mark: { type: "line", color: colours.line, strokeWidth: 1.8, strokeCap: "round" },
    encoding: { x: X, y: { field: "q50", type: "quantitative" } },
  } satisfies UnitSpec<string>;
  return [...bands, median];
}

function bandColour(percent: BandPercent, colours: FanColours): string {
  if (percent === 95) return colours.outer;
  return percent === 80 ? colours.middle : colours.inner;
}

/** Legend entries of a fan, the median first. */
export function fanLegend(percents: readonly BandPercent[], colours: FanColours, language: Language): LegendEntry[] {
  return [
    { label: wording.WORDS.median[language], symbol: "stroke", colour: colours.line },
    ...percents.map((percent) => ({
      label: wording.band[language](percent),
      symbol: "square" as const,
      colour: bandColour(percent, colours),
    })),
  ];
}

type TextLayer = Omit<UnitSpec<string>, "mark"> & { readonly mark: MarkDef<"text"> };

/** Text on a white halo, readable over lines and bands: the same text twice, the first with a wide white outline. */
export function haloText(layer: TextLayer): TextLayer[] {
  const outline = { stroke: "white", strokeWidth: 3.5, strokeJoin: "round", color: "white" } as const;
  return [{ ...layer, mark: { ...layer.mark, ...outline } }, layer];
}
