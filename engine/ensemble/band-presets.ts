/**
 * The bands that institutions draw around a median, as shares of the runs, and the quantiles that they need.
 *
 * A band of `b` per cent lies between the quantiles at `50 - b/2` and `50 + b/2` per cent. Probabilities are written in per cent
 * here, since that is how they are named everywhere (`q2_5`, `--quantiles 5,95`).
 */

/**
 * Whose habit a set of bands is.
 *
 * - `terrace`: half, four fifths and nearly all of the runs.
 * - `bank-of-england`: bands in steps of 10 per cent, up to 90 (E. Britton, P. Fisher, J. Whitley 1998, "The Inflation Report
 *   projections: understanding the fan chart", Bank of England Quarterly Bulletin 38(1)).
 * - `un`: the prediction intervals of World Population Prospects.
 * - `ipcc`: the likely and the very likely range of the Sixth Assessment Report, 17–83 and 5–95 per cent.
 * - `vensim`: the default bounds of Vensim's sensitivity graphs; 100 is from the smallest to the largest run.
 */
export type BandPreset = "terrace" | "bank-of-england" | "un" | "ipcc" | "vensim";

/** Central bands in per cent of the runs, from narrow to wide. */
export const BAND_PRESETS: Readonly<Record<BandPreset, readonly number[]>> = {
  terrace: [50, 80, 95],
  "bank-of-england": [10, 20, 30, 40, 50, 60, 70, 80, 90],
  un: [80, 95],
  ipcc: [66, 90],
  vensim: [50, 75, 95, 100],
};

/** The quantiles that every summary has, in per cent. */
export const STANDARD_QUANTILES: readonly number[] = [2.5, 10, 25, 50, 75, 90, 97.5];

/** Lower and upper quantile of a central band, all in per cent: 66 gives 17 and 83. */
export function bandEdges(percent: number): readonly [low: number, high: number] {
  return [(100 - percent) / 2, (100 + percent) / 2];
}

export function isBandPreset(name: string): name is BandPreset {
  return Object.hasOwn(BAND_PRESETS, name);
}

/** The quantiles of a summary, in per cent and ascending: the standard ones with those of the presets and the further ones. */
export function summaryQuantiles(presets: readonly BandPreset[], further: readonly number[] = []): readonly number[] {
  const edges = presets.flatMap((preset) => BAND_PRESETS[preset].flatMap(bandEdges));
  return [...new Set([...STANDARD_QUANTILES, ...edges, ...further])].sort((a, b) => a - b);
}
