/** The option `--quantiles`: which quantiles a summary holds besides the standard ones. */
import { UsageError } from "../engine/diagnostics/diagnostic.ts";
import { BAND_PRESETS, type BandPreset, isBandPreset, summaryQuantiles } from "../engine/ensemble/band-presets.ts";

/**
 * The quantiles of a summary in per cent, ascending, for a list of presets of bands and of per cents.
 * @throws UsageError for anything else.
 */
export function chosenQuantiles(parts: readonly string[] | undefined): readonly number[] {
  const presets: BandPreset[] = [];
  const percents: number[] = [];
  for (const part of parts ?? []) {
    if (isBandPreset(part)) presets.push(part);
    else if (/^\d+(\.\d+)?$/.test(part) && Number(part) <= 100) percents.push(Number(part));
    else throw new UsageError(`invalid --quantiles: ${part} (${Object.keys(BAND_PRESETS).join(", ")}, or per cents)`);
  }
  return summaryQuantiles(presets, percents);
}
