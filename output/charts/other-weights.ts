/**
 * How far the ranks of a composite index depend on its weights: the index is computed again for many weights, drawn evenly round
 * the equal ones (OECD and JRC, "Handbook on Constructing Composite Indicators", 2008, step 7).
 */
import { exp } from "../../engine/numerics/exp.ts";
import { ln } from "../../engine/numerics/log.ts";
import { uniform } from "../../engine/numerics/philox.ts";
import { streamOf } from "../../engine/numerics/stream.ts";

/** Parameter of the Dirichlet distribution of the weights: of five parts, half of the weights lie between .14 and .25. */
export const CONCENTRATION = 5;
export const WEIGHT_DRAWS = 2000;
/** Scores below this count as it, because a geometric mean with a zero is zero whatever the rest. */
const FLOOR = 0.01;
const SEED = 2020;

export interface RobustRank {
  /** The index with equal weights, a geometric mean. */
  readonly index: number;
  /** Its rank, 1 the largest. */
  readonly rank: number;
  /** Ranks between which 80 % of the weights put it. */
  readonly best: number;
  readonly worst: number;
}

/** Ranks of places by their scores, one row a place and one column a part. */
export function robustRanks(scores: readonly (readonly number[])[]): RobustRank[] {
  const logs = scores.map((row) => row.map((score) => ln(Math.max(FLOOR, score))));
  const parts = scores[0]?.length ?? 0;
  const indexWith = (weights: readonly number[]) =>
    logs.map((row) => row.reduce((sum, log, part) => sum + weights[part]! * log, 0));
  const equal = indexWith(Array.from({ length: parts }, () => 1 / parts));
  const equalRanks = ranksOf(equal);
  const drawn = dirichletWeights(parts).map((weights) => ranksOf(indexWith(weights)));
  return equal.map((index, place) => {
    const ranks = drawn.map((one) => one[place]!).sort((a, b) => a - b);
    const at = (share: number) => ranks[Math.floor(share * (ranks.length - 1))]!;
    return { index: exp(index), rank: equalRanks[place]!, best: at(0.1), worst: at(0.9) };
  });
}

function ranksOf(values: readonly number[]): number[] {
  return values.map(
    (value, place) => 1 + values.filter((other, i) => other > value || (other === value && i < place)).length,
  );
}

/**
 * Weights from a Dirichlet distribution: gamma variates over their sum, each the sum of {@link CONCENTRATION} exponential ones.
 * The same for every chart, since they are counted from one seed.
 */
export function dirichletWeights(parts: number): number[][] {
  const stream = streamOf("weights of an index");
  return Array.from({ length: WEIGHT_DRAWS }, (_, draw) => {
    const gammas = Array.from({ length: parts }, (__, part) => {
      let sum = 0;
      for (let i = 0; i < CONCENTRATION; i++) sum -= ln(uniform(SEED, stream, draw, part * CONCENTRATION + i));
      return sum;
    });
    const total = gammas.reduce((sum, gamma) => sum + gamma, 0);
    return gammas.map((gamma) => gamma / total);
  });
}
