/**
 * How much the time step matters: the same runs with the step h, h/2 and h/4, compared output by output.
 *
 * The difference between h and h/2 is measured by its root mean square over draws, and set beside the width of the 80 % band of the draws
 * at the same time. The observed order of convergence is log2(|y(h) - y(h/2)| / |y(h/2) - y(h/4)|); Richardson's extrapolation then
 * estimates the error of step h as the difference times 2^p / (2^p - 1) (Roache 1998, "Verification and Validation in Computational
 * Science and Engineering", chapter 5).
 */
import type { BlockResult } from "../ensemble/block-result.ts";
import type { Catalog } from "../ensemble/catalog.ts";
import { ln } from "../numerics/index.ts";
import { quantile } from "./quantile.ts";
import { gatherCell, type IndicatorCells, layOutSummary, type SummaryLayout } from "./summary-layout.ts";

export interface TimeStepError {
  readonly indicator: string;
  /** Where the difference is the largest share of the band; where no cell has a band, where it is largest. */
  readonly scenario: string;
  readonly key: string;
  readonly time: number;
  /** Root mean square, over draws, of the difference between h and h/2 there, in the indicator's unit. */
  readonly difference: number;
  /** Width of the 80 % band there, with the step h/4. */
  readonly band: number;
  /** `difference / band`; null where the band has no width. */
  readonly share: number | null;
  /** Observed order of convergence there; null where one of the differences is lost in rounding. */
  readonly order: number | null;
  /** Estimated error of the step h there; null where the order is not known or not positive. */
  readonly error: number | null;
}

/** Below this share of the values, a difference is rounding. */
const ROUNDING = 1e-12;

/**
 * One row an indicator, in the order of the catalog.
 * @param runs Blocks of the same draws with the steps h, h/2 and h/4; draws that fail in any of them are left out.
 * @throws Error if no draw is left.
 */
export function timeStepErrors(
  catalog: Catalog,
  runs: readonly [readonly BlockResult[], readonly BlockResult[], readonly BlockResult[]],
): TimeStepError[] {
  const layout = layOutSummary(catalog);
  return layout.indicators
    .toSorted((a, b) => a.indicator - b.indicator)
    .map((cells) => worstCell(catalog, layout, cells, runs));
}

function worstCell(
  catalog: Catalog,
  layout: SummaryLayout,
  cells: IndicatorCells,
  runs: Parameters<typeof timeStepErrors>[1],
): TimeStepError {
  let worst: TimeStepError | null = null;
  for (const [scenario, { name }] of catalog.scenarios.entries()) {
    const draws = commonDraws(runs, scenario);
    if (draws.every((block) => block.length === 0)) continue;
    for (let key = 0; key < cells.keys; key++) {
      for (const [time, at] of catalog.saveTimes.entries()) {
        const [coarse, middle, fine] = runs.map((blocks) =>
          valuesOf(layout, blocks, cells, { scenario, key, time }, draws),
        );
        const place = { scenario: name, key: catalog.indicators[cells.indicator]!.keys[key]!, time: at };
        const found = {
          indicator: catalog.indicators[cells.indicator]!.name,
          ...place,
          ...compare(coarse!, middle!, fine!),
        };
        if (worst === null || isWorse(found, worst)) worst = found;
      }
    }
  }
  if (worst === null) throw new Error("no draw is left: every run fails");
  return worst;
}

function isWorse(a: TimeStepError, b: TimeStepError): boolean {
  if (a.share !== null || b.share !== null) return (a.share ?? -1) > (b.share ?? -1);
  return a.difference > b.difference;
}

/** Draws of each block, counted inside it, that fail with no step. */
function commonDraws(runs: readonly (readonly BlockResult[])[], scenario: number): Int32Array[] {
  return runs[0]!.map(({ draws }, b) => {
    const all = Int32Array.from({ length: draws }, (_, draw) => draw);
    return all.filter((draw) => runs.every((blocks) => blocks[b]!.failed[scenario * draws + draw] === 0));
  });
}

function valuesOf(
  layout: SummaryLayout,
  blocks: readonly BlockResult[],
  cells: IndicatorCells,
  { scenario, key, time }: { scenario: number; key: number; time: number },
  draws: readonly Int32Array[],
): Float64Array {
  const values = new Float64Array(draws.reduce((sum, kept) => sum + kept.length, 0));
  let n = 0;
  for (const [b, block] of blocks.entries()) {
    gatherCell(layout, block, { scenario, reference: -1 }, cells, key, time, draws[b]!, values, n);
    n += draws[b]!.length;
  }
  return values;
}

function compare(coarse: Float64Array, middle: Float64Array, fine: Float64Array) {
  const difference = distance(coarse, middle);
  const next = distance(middle, fine);
  const sorted = fine.slice().sort();
  const sample = { n: sorted.length, at: (rank: number) => sorted[rank]!, errorAt: () => 0 };
  const band = quantile(sample, 0.9) - quantile(sample, 0.1);
  const least = ROUNDING * distance(fine, new Float64Array(fine.length));
  const order = difference > least && next > least ? ln(difference / next) / ln(2) : null;
  const error = order !== null && order > 0 ? difference / (1 - next / difference) : null;
  return { difference, band, share: band > 0 ? difference / band : null, order, error };
}

/** Root mean square of the differences. */
function distance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) * (a[i]! - b[i]!);
  return Math.sqrt(sum / a.length);
}
