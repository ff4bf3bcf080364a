/**
 * Rank correlations between uncertain numbers. A group's uniform numbers are replaced by correlated ones; every number stays uniform,
 * and numbers outside the group do not change.
 */
import { UsageError } from "../diagnostics/diagnostic.ts";
import { cholesky } from "../model/correlations.ts";
import { normalCdf, normalQuantile } from "../numerics/index.ts";

/** Uncertain numbers that are linked, in the order of the columns. */
export interface CorrelatedColumns {
  readonly columns: readonly number[];
  /** Cholesky factor of the correlations of the underlying normal numbers: row i has i + 1 entries. */
  readonly factor: readonly (readonly number[])[];
}

const SMALLEST = 2 ** -53;

/**
 * Gaussian copula: correlates one draw's uniform numbers in place; `row` is where the draw begins.
 *
 * The first member keeps its number.
 */
export function correlateNormal({ columns, factor }: CorrelatedColumns, uniforms: Float64Array, row: number): void {
  const normals = columns.map((c) => normalQuantile(uniforms[row + c]!));
  for (let i = 1; i < columns.length; i++) {
    const u = normalCdf(dot(factor[i]!, normals));
    uniforms[row + columns[i]!] = Math.min(Math.max(u, SMALLEST), 1 - SMALLEST);
  }
}

const dot = (a: readonly number[], b: readonly number[]): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
};

/**
 * Rearranges the strata of a Latin hypercube so that they have the given rank correlations; each column keeps each stratum once.
 *
 * Source: R. L. Iman, W. J. Conover, "A distribution-free approach to inducing rank correlation among input variables",
 * Communications in Statistics B 11, 1982, 311–334, doi:10.1080/03610918208812265, with normal scores of the strata themselves as the
 * matrix of scores, and their sample correlations removed first.
 *
 * @param strata for each member the stratum (0 … size - 1) of each draw
 * @returns the same strata, in the order that is correlated
 * @throws UsageError if there are too few draws for the members
 */
export function correlateStrata(strata: readonly Uint32Array[], factor: readonly (readonly number[])[]): Uint32Array[] {
  const size = strata[0]!.length;
  const scores = Float64Array.from({ length: size }, (_, s) => normalQuantile((s + 1) / (size + 1)));
  const sample = cholesky(scoreCorrelations(strata, scores));
  if (!sample) throw new UsageError(`too few draws for ${strata.length} correlated parameters: ${size}`);
  const targets = strata.map(() => new Float64Array(size));
  const clean: number[] = [];
  for (let d = 0; d < size; d++) {
    for (const [j, column] of strata.entries()) {
      // Forward substitution takes the correlations of the sample out.
      let rest = scores[column[d]!]!;
      for (let i = 0; i < j; i++) rest -= sample[j]![i]! * clean[i]!;
      clean[j] = rest / sample[j]![j]!;
      targets[j]![d] = dot(factor[j]!, clean);
    }
  }
  return targets.map((target, j) => (j === 0 ? strata[0]! : ranks(target)));
}

/** Sample correlations of the scores of each pair of columns; every column has the same scores in another order. */
function scoreCorrelations(strata: readonly Uint32Array[], scores: Float64Array): number[][] {
  const total = scores.reduce((sum, s) => sum + s * s, 0);
  return strata.map((a, i) =>
    strata.map((b, j) => {
      if (i === j) return 1;
      let sum = 0;
      for (let d = 0; d < a.length; d++) sum += scores[a[d]!]! * scores[b[d]!]!;
      return sum / total;
    }),
  );
}

/** Rank of each number from 0; of equal numbers the first comes first. */
function ranks(values: Float64Array): Uint32Array {
  const order = Uint32Array.from(values, (_, d) => d).sort((a, b) => values[a]! - values[b]! || a - b);
  const result = new Uint32Array(values.length);
  for (const [rank, d] of order.entries()) result[d] = rank;
  return result;
}
