/**
 * Whether chains have converged: rank-normalised split R̂ and the effective sample size in the bulk.
 *
 * Source: A. Vehtari, A. Gelman, D. Simpson, B. Carpenter, P.-C. Bürkner, "Rank-normalization, folding, and localization: an improved R̂ for
 * assessing convergence of MCMC", Bayesian Analysis 16, 2021, 667–718, doi:10.1214/20-BA1221: R̂ of the normal scores of the ranks, the larger
 * of that of the values and that of their distances from the median; the effective sample size of the normal scores, with autocorrelations
 * summed as long as the sums of pairs are positive and do not grow (C. J. Geyer, Statistical Science 7, 1992, 473–483).
 */
import { log10, normalQuantile } from "../numerics/index.ts";

export interface Convergence {
  /** Near 1 where the chains tell the same; above 1.01 they should be longer. NaN where all values are the same. */
  readonly rHat: number;
  /** Independent draws that would tell as much about the centre. NaN where all values are the same. */
  readonly bulkEss: number;
}

/** @param chains values of one quantity, [chain][step], all of one length of at least 4 */
export function convergenceOf(chains: readonly (readonly number[])[]): Convergence {
  const halves = chains.flatMap((chain) => {
    const half = Math.floor(chain.length / 2);
    return [chain.slice(0, half), chain.slice(chain.length - half)];
  });
  const all = halves.flat();
  if (all.every((value) => value === all[0])) return { rHat: Number.NaN, bulkEss: Number.NaN };
  const sorted = Float64Array.from(all).sort();
  const middle = (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
  const scores = normalScores(halves);
  const folded = normalScores(halves.map((chain) => chain.map((value) => Math.abs(value - middle))));
  return { rHat: Math.max(splitRHat(scores), splitRHat(folded)), bulkEss: effectiveSize(scores) };
}

/** Normal scores of the ranks over all chains; equal values share their mean rank. */
function normalScores(chains: readonly (readonly number[])[]): Float64Array[] {
  const all = chains.flat();
  const order = Array.from(all, (_, i) => i).sort((a, b) => all[a]! - all[b]!);
  const scores = new Float64Array(all.length);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && all[order[to]!] === all[order[from]!]) to++;
    const rank = (from + 1 + to) / 2;
    const score = normalQuantile((rank - 3 / 8) / (all.length + 1 / 4));
    for (let i = from; i < to; i++) scores[order[i]!] = score;
    from = to;
  }
  const { length } = chains[0]!;
  return chains.map((_, c) => scores.subarray(c * length, (c + 1) * length));
}

interface Variances {
  /** Mean variance within chains. */
  readonly within: number;
  /** Estimate of the variance from within and between chains. */
  readonly total: number;
}

function variances(chains: readonly Float64Array[]): Variances {
  const n = chains[0]!.length;
  const means = chains.map(mean);
  const within = mean(
    Float64Array.from(chains, (chain, c) => {
      let sum = 0;
      for (const value of chain) sum += (value - means[c]!) * (value - means[c]!);
      return sum / (n - 1);
    }),
  );
  const grand = mean(Float64Array.from(means));
  let between = 0;
  for (const m of means) between += (m - grand) * (m - grand);
  return { within, total: ((n - 1) / n) * within + between / (means.length - 1) };
}

function splitRHat(chains: readonly Float64Array[]): number {
  const { within, total } = variances(chains);
  return Math.sqrt(total / within);
}

function effectiveSize(chains: readonly Float64Array[]): number {
  const n = chains[0]!.length;
  const draws = n * chains.length;
  const { within, total } = variances(chains);
  const correlation = (lag: number): number => 1 - (within - meanAutocovariance(chains, lag)) / total;
  let sum = 0;
  let last = Number.POSITIVE_INFINITY;
  for (let lag = 0; lag + 1 < n; lag += 2) {
    const pair = Math.min(last, correlation(lag) + correlation(lag + 1));
    if (pair <= 0) break;
    sum += pair;
    last = pair;
  }
  // Chains that swing from side to side tell more than independent draws; the bound is that of the paper.
  return Math.min(draws / (2 * sum - 1), draws * log10(draws));
}

/** Mean over the chains of the autocovariance at a lag, in which lag 0 is the variance within. */
function meanAutocovariance(chains: readonly Float64Array[], lag: number): number {
  return mean(
    Float64Array.from(chains, (chain) => {
      const centre = mean(chain);
      let sum = 0;
      for (let i = lag; i < chain.length; i++) sum += (chain[i]! - centre) * (chain[i - lag]! - centre);
      return sum / (chain.length - 1);
    }),
  );
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
