import { uniform, type Words } from "../../numerics/index.ts";
import { keyedPermutation, PERMUTATION_KEYS } from "./keyed-permutation.ts";
import { coarse, keyedWords } from "./keyed-words.ts";

/** The stratum (0 … size - 1) of each draw of a replicate: a random permutation of the draws, keyed by the stream. */
export function latinStrata(seed: number, stream: Words, replicate: number, size: number): (within: number) => number {
  return keyedPermutation(size, keyedWords(seed, stream, replicate, PERMUTATION_KEYS));
}

/** The number of a draw within its stratum, in (0, 1), of 20 bits. */
export const withinStratum = (seed: number, stream: Words, replicate: number, size: number, within: number): number =>
  coarse(uniform(seed, stream, replicate * size + within, 0));

/**
 * One coordinate of a Latin hypercube: each of `size` equal strata of (0, 1) has one draw, at a random place in it.
 *
 * Source: M. D. McKay, R. J. Beckman, W. J. Conover, Technometrics 21, 1979, 239–245, doi:10.1080/00401706.1979.10489755.
 */
export function latinHypercube(
  seed: number,
  stream: Words,
  replicate: number,
  size: number,
): (within: number) => number {
  const stratum = latinStrata(seed, stream, replicate, size);
  return (within) => (stratum(within) + withinStratum(seed, stream, replicate, size, within)) / size;
}
