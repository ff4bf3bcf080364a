/**
 * Means and sums of squared deviations of every cell, by block, and how those of two sets of blocks are joined.
 *
 * Within a block: two passes, the mean first and then the deviations from it. Between blocks: the update of Chan, Golub
 * and LeVeque (1983), "Algorithms for computing the sample variance", The American Statistician 37(3), equation 2.1.
 * Both avoid the cancellation of the sum of squares.
 */
import type { BlockResult } from "../ensemble/block-result.ts";
import { drawsOfContrast, type SummaryLayout } from "./summary-layout.ts";

export interface Moments {
  /** Number of draws of each contrast: a draw counts for all cells of a contrast or for none. */
  readonly n: Float64Array;
  /** Mean of each cell; 0 where n is 0. */
  readonly mean: Float64Array;
  /** Sum of squared deviations from the mean, of each cell. */
  readonly squares: Float64Array;
}

/** Moments of one block, before its values are added. */
export function emptyMoments(layout: SummaryLayout, block: BlockResult): Moments {
  return {
    n: Float64Array.from(layout.contrasts, (contrast) => drawsOfContrast(block, contrast).length),
    mean: new Float64Array(layout.cells),
    squares: new Float64Array(layout.cells),
  };
}

/** Sets the moments of one cell by all its values of the block. */
export function setMoments(moments: Moments, cell: number, values: Float64Array, n: number): void {
  if (n === 0) return;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i]!;
  const centre = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const deviation = values[i]! - centre;
    squares += deviation * deviation;
  }
  moments.mean[cell] = centre;
  moments.squares[cell] = squares;
}

/** The moments of two sets of draws together; `left` holds the earlier blocks. */
export function joinMoments(layout: SummaryLayout, left: Moments, right: Moments): Moments {
  const n = Float64Array.from(left.n, (count, contrast) => count + right.n[contrast]!);
  const mean = new Float64Array(layout.cells);
  const squares = new Float64Array(layout.cells);
  for (let contrast = 0; contrast < layout.contrasts.length; contrast++) {
    const from = contrast * layout.contrastCells;
    const to = from + layout.contrastCells;
    if (left.n[contrast] === 0 || right.n[contrast] === 0) {
      const only = left.n[contrast] === 0 ? right : left;
      mean.set(only.mean.subarray(from, to), from);
      squares.set(only.squares.subarray(from, to), from);
      continue;
    }
    const rightShare = right.n[contrast]! / n[contrast]!;
    const weight = left.n[contrast]! * rightShare;
    for (let cell = from; cell < to; cell++) {
      const distance = right.mean[cell]! - left.mean[cell]!;
      mean[cell] = left.mean[cell]! + distance * rightShare;
      squares[cell] = left.squares[cell]! + right.squares[cell]! + distance * distance * weight;
    }
  }
  return { n, mean, squares };
}
