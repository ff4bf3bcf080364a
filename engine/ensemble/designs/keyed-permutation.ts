/** A random permutation of 0 … size - 1 that is computed place by place, without a table. */

/** Rounds: with 8, permutations of fewer than ten places are visibly not all alike; with 24 they are, over 100 000 keys. */
export const PERMUTATION_KEYS = 24;

/**
 * The permutation of `0 … size - 1` for a key, as a function of the place.
 *
 * An unbalanced Feistel network over the bits of `size - 1`, whose results beyond the end go through it again until one lies
 * inside (cycle walking: J. Black, P. Rogaway, "Ciphers with arbitrary finite domains", CT-RSA 2002, doi:10.1007/3-540-45760-7_9). Each
 * round is a bijection, so the whole is one; the walk takes fewer than two turns on average.
 *
 * @param size from 1 to 2^31
 * @param key as many random 32-bit words as {@link PERMUTATION_KEYS}, one a round
 */
export function keyedPermutation(size: number, key: Uint32Array): (place: number) => number {
  const bits = size > 1 ? 32 - Math.clz32(size - 1) : 0;
  const rightBits = bits >> 1;
  const leftMask = 2 ** (bits - rightBits) - 1;
  const rightMask = 2 ** rightBits - 1;
  return (place) => {
    let at = place;
    do {
      let left = at >>> rightBits;
      let right = at & rightMask;
      for (let round = 0; round < key.length; round += 2) {
        left ^= mix32(right ^ key[round]!) & leftMask;
        right ^= mix32(left ^ key[round + 1]!) & rightMask;
      }
      at = left * (rightMask + 1) + right;
    } while (at >= size);
    return at;
  };
}

/** A 32-bit mixing function with low bias (C. Wellons, "Prospecting for Hash Functions", 2018, `lowbias32`). */
function mix32(word: number): number {
  let x = word;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return x ^ (x >>> 16);
}
