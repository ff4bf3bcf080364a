import { uniform, type Words } from "../../numerics/index.ts";
import { coarse, keyedWords } from "./keyed-words.ts";
import { SOBOL_DIRECTIONS } from "./sobol-directions.ts";

const BITS = 32;
const TWO_32 = 2 ** BITS;

let parsed: readonly (readonly number[])[] | null = null;

/** The 32 direction numbers of a dimension from 0 up, as 32-bit fractions: bit 31 stands for ½. */
export function sobolDirections(dimension: number): Uint32Array {
  const directions = new Uint32Array(BITS);
  if (dimension === 0) return directions.map((_, k) => TWO_32 / 2 ** (k + 1));
  parsed ??= SOBOL_DIRECTIONS.split(";").map((entry) => entry.trim().split(" ").map(Number));
  const [polynomial, ...initial] = parsed[dimension - 1]!;
  const degree = initial.length;
  for (let k = 0; k < BITS; k++) {
    if (k < degree) {
      directions[k] = initial[k]! * 2 ** (BITS - 1 - k);
      continue;
    }
    let v = directions[k - degree]! ^ (directions[k - degree]! >>> degree);
    for (let j = 1; j < degree; j++) {
      if ((polynomial! >>> (degree - 1 - j)) & 1) v ^= directions[k - j]!;
    }
    directions[k] = v;
  }
  return directions;
}

/**
 * The generator matrix with a random linear scrambling: each output digit is itself plus a random combination of the digits
 * before it (J. Matoušek, Journal of Complexity 14, 1998, 527–556, doi:10.1006/jcom.1998.0489).
 */
function scrambled(directions: Uint32Array, words: Uint32Array): Uint32Array {
  return directions.map((v) => {
    let result = 0;
    for (let digit = 0; digit < BITS; digit++) {
      // Row `digit` of a lower triangular matrix with ones on the diagonal; digit 0 is bit 31.
      const before = digit === 0 ? 0 : ~(0xffffffff >>> digit);
      const row = (words[digit]! & before) | (1 << (BITS - 1 - digit));
      if (parity(row & v)) result |= 1 << (BITS - 1 - digit);
    }
    return result;
  });
}

function parity(word: number): number {
  let x = word ^ (word >>> 16);
  x ^= x >>> 8;
  x ^= x >>> 4;
  return (0x6996 >>> (x & 15)) & 1;
}

/**
 * One coordinate of a scrambled Sobol' sequence: a random linear scrambling and a random shift of the digits, keyed by the stream.
 *
 * Each number by itself is uniform on (0, 1), so means are unbiased; the first 2^k draws fall once into each of 2^k equal
 * intervals. The first point is kept (A. B. Owen, "On dropping the first Sobol' point", MCQMC 2020,
 * doi:10.1007/978-3-030-98319-2_4). Digits beyond the 32nd are random.
 *
 * Source: I. M. Sobol', USSR Computational Mathematics and Mathematical Physics 7, 1967, 86–112; direction numbers of Joe and Kuo.
 */
export function scrambledSobol(
  seed: number,
  stream: Words,
  replicate: number,
  size: number,
  dimension: number,
): (within: number) => number {
  const words = keyedWords(seed, stream, replicate, BITS + 1);
  const matrix = scrambled(sobolDirections(dimension), words);
  const shift = words[BITS]!;
  return (within) => {
    let x = shift;
    for (let rest = within, k = 0; rest !== 0; rest >>>= 1, k++) if (rest & 1) x ^= matrix[k]!;
    return ((x >>> 0) + coarse(uniform(seed, stream, replicate * size + within, 0))) / TWO_32;
  };
}
