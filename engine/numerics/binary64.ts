/**
 * The two views of a binary64 number that the functions of this folder need: its upper 32 bits, and exact powers of
 * two. Both have a one-instruction form in a SIMD kernel (a 64-bit integer view and a shift into the exponent field).
 */

const asDouble = new Float64Array(1);
const asWords = new Uint32Array(asDouble.buffer);

/** Position of the upper word; 1 on the little-endian machines that all current engines run on. */
const UPPER = topWordOf(1) === 0x3ff00000 ? 1 : 0;

function topWordOf(x: number): number {
  asDouble[0] = x;
  return asWords[1]!;
}

/** Sign, exponent and upper 20 bits of the significand of `x`, as an unsigned 32-bit integer. */
export function upperWord(x: number): number {
  asDouble[0] = x;
  return asWords[UPPER]!;
}

/** Exponent of the smallest positive number, 2^-1074: the offset of {@link POWERS_OF_TWO}. */
export const LOWEST_EXPONENT = -1074;

/** `POWERS_OF_TWO[k + 1074]` is 2^k, exact, for k from -1074 to 1023. */
export const POWERS_OF_TWO = powersOfTwo();

function powersOfTwo(): Float64Array {
  const table = new Float64Array(1024 - LOWEST_EXPONENT);
  let power = Number.MIN_VALUE;
  for (let index = 0; index < table.length; index++) {
    table[index] = power;
    power *= 2;
  }
  return table;
}

/** 1.5 · 2^52: adding it and taking it away rounds |x| < 2^51 to the nearest whole number, ties to even. */
export const ROUND_TO_INTEGER = 6755399441055744;

/**
 * x moved into [low, high]; a NaN stays a NaN.
 *
 * Two selections, as a kernel's `pmin` and `pmax` are; Math.min and Math.max give the same and take twice as long in V8.
 */
export function clamp(x: number, low: number, high: number): number {
  // biome-ignore lint/complexity/useMathMinMax: see above
  const bounded = x > high ? high : x;
  // biome-ignore lint/complexity/useMathMinMax: see above
  return bounded < low ? low : bounded;
}
