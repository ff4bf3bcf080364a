/** A sample that stands for a distribution of which some quantiles are known, where the draws themselves were not kept. */

/**
 * Values at `count` even probabilities, (i + 1/2) / count, ascending: linear between the quantiles that are known; beyond the outermost
 * ones the nearest piece goes on.
 * @param percents Of the quantiles, at least two, ascending.
 * @param values Of the quantiles; all NaN where no draw counts, and so is the sample then.
 */
export function sampleOfQuantiles(percents: readonly number[], values: ArrayLike<number>, count: number): Float64Array {
  const last = percents.length - 1;
  const sample = new Float64Array(count);
  let piece = 0;
  for (let i = 0; i < count; i++) {
    const percent = (100 * (i + 0.5)) / count;
    while (piece < last - 1 && percents[piece + 1]! <= percent) piece += 1;
    const [from, to] = [percents[piece]!, percents[piece + 1]!];
    const share = (percent - from) / (to - from);
    sample[i] = values[piece]! + share * (values[piece + 1]! - values[piece]!);
  }
  return sample;
}
