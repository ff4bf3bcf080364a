/**
 * Which bands a fan has, the quantiles between which they lie, and their tints: the habits of several institutions, so that a
 * reader meets the picture that he knows.
 */
import { BAND_PRESETS, bandEdges } from "../../engine/ensemble/band-presets.ts";
import type { ChartInput, Language, SummarySeries } from "./chart-input.ts";
import { ChartError } from "./chart-problem.ts";
import type { LegendEntry } from "./legend-strip.ts";
import type { FanColours } from "./style.ts";
import * as wording from "./wording.ts";

/** Bands in per cent of the runs, from narrow to wide. */
export type Bands = readonly number[];

const OWN = "terrace";

export function bandsOf(input: Pick<ChartInput, "bands">): Bands {
  return BAND_PRESETS[input.bands ?? OWN];
}

/** Bands for small panels: without the widest of this project's own, which is for single charts; others are kept whole. */
export function panelBands(input: Pick<ChartInput, "bands">): Bands {
  const bands = bandsOf(input);
  return (input.bands ?? OWN) === OWN ? bands.slice(0, -1) : bands;
}

/** What the reader of such bands must know, as a note under the chart; none for our own, which the subtitle explains. */
export function bandNotes(input: Pick<ChartInput, "bands">, language: Language): string[] {
  const { bands = OWN } = input;
  return bands === OWN ? [] : [wording.BAND_NOTES[bands][language]];
}

/** Field of a quantile in inline data: `q2_5`. */
export function quantileField(percent: number): string {
  return `q${String(percent).replace(".", "_")}`;
}

/** Fields of the two ends of a band. */
export function bandFields(percent: number): readonly [low: string, high: string] {
  const [low, high] = bandEdges(percent);
  return [quantileField(low), quantileField(high)];
}

/**
 * The quantile of a series.
 * @throws ChartError if the results do not have it; the message says how to get it.
 */
export function quantileOf(
  series: SummarySeries,
  percent: number,
  input: Pick<ChartInput, "bands">,
): ArrayLike<number> {
  const standard = (series as unknown as Readonly<Record<string, ArrayLike<number> | undefined>>)[
    quantileField(percent)
  ];
  const found = standard ?? series.quantile?.(percent);
  if (found !== undefined) return found;
  const preset = input.bands ?? OWN;
  throw new ChartError({ code: "no-quantile", percent, preset });
}

/** Tint of one band: the narrowest is the darkest. Three bands have the three tints, more have steps between them. */
export function bandColour(percent: number, bands: Bands, colours: FanColours): string {
  const rank = bands.indexOf(percent);
  const tints = [colours.inner, colours.middle, colours.outer];
  // Two bands take the inner and the middle tint, four and more share the whole way from the median's colour outwards.
  if (bands.length <= tints.length) return tints[rank]!;
  return mixed([colours.line, colours.inner, colours.middle, colours.outer], (rank + 1) / bands.length);
}

/** A colour on the way along `stops`, from 0 to 1. */
function mixed(stops: readonly string[], position: number): string {
  const at = Math.min(position, 1) * (stops.length - 1);
  const from = Math.min(Math.floor(at), stops.length - 2);
  const [a, b] = [channels(stops[from]!), channels(stops[from + 1]!)];
  const hex = a.map((channel, i) =>
    Math.round(channel + (b[i]! - channel) * (at - from))
      .toString(16)
      .padStart(2, "0"),
  );
  return `#${hex.join("")}`;
}

function channels(colour: string): readonly number[] {
  return [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16));
}

/** Legend entries of a fan, the median first. Of many bands the narrowest, the middle and the widest are named. */
export function fanLegend(bands: Bands, colours: FanColours, language: Language): LegendEntry[] {
  const named = bands.length <= 4 ? bands : [bands[0]!, bands[Math.floor(bands.length / 2)]!, bands.at(-1)!];
  return [
    { label: wording.WORDS.median[language], symbol: "stroke", colour: colours.line },
    ...named.map((percent) => ({
      label: wording.band[language](percent),
      symbol: "square" as const,
      colour: bandColour(percent, bands, colours),
    })),
  ];
}
