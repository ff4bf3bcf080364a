/**
 * Random numbers by position: Philox 4x32-10, and the uniform numbers made from it.
 *
 * A number is a function of (seed, stream, draw, index) and of nothing else, so it does not matter which worker asks for it,
 * or in which order. Source: J. Salmon, M. Moraes, R. Dror, D. Shaw, "Parallel random numbers: as easy as 1, 2, 3",
 * SC'11, doi:10.1145/2063384.2063405.
 */

/** 64 bits as two unsigned 32-bit integers. */
export interface Words {
  readonly lo: number;
  readonly hi: number;
}

const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
/** Weyl steps of the key: the golden ratio and √3 - 1, in 32 bits. */
const WEYL_0 = 0x9e3779b9;
const WEYL_1 = 0xbb67ae85;
const ROUNDS = 10;

const TWO_32 = 4294967296;
const TWO_26 = 67108864;
const TWO_MINUS_52 = 2.220446049250313e-16;

/** Upper 32 bits of the product of two unsigned 32-bit integers, by 16-bit halves; the result is signed. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  // Neither sum exceeds 32 bits; `| 0` keeps the arithmetic in 32-bit integers.
  const middle = (Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16)) | 0;
  const cross = (Math.imul(aLow, bHigh) + (middle & 0xffff)) | 0;
  return (Math.imul(aHigh, bHigh) + (middle >>> 16) + (cross >>> 16)) | 0;
}

/** The last block, as signed 32-bit integers. */
const block = new Int32Array(4);

/** Ten rounds on a counter of four words and a key of two; the result is left in `block`. */
function encrypt(c0: number, c1: number, c2: number, c3: number, k0: number, k1: number): void {
  let x0 = c0 | 0;
  let x1 = c1 | 0;
  let x2 = c2 | 0;
  let x3 = c3 | 0;
  let key0 = k0 | 0;
  let key1 = k1 | 0;
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = multiplyHigh(MULTIPLIER_0, x0);
    const high1 = multiplyHigh(MULTIPLIER_1, x2);
    const low0 = Math.imul(MULTIPLIER_0, x0);
    const low1 = Math.imul(MULTIPLIER_1, x2);
    x0 = high1 ^ x1 ^ key0;
    x1 = low1;
    x2 = high0 ^ x3 ^ key1;
    x3 = low0;
    key0 = (key0 + WEYL_0) | 0;
    key1 = (key1 + WEYL_1) | 0;
  }
  block[0] = x0;
  block[1] = x1;
  block[2] = x2;
  block[3] = x3;
}

/** The four output words (unsigned) of Philox 4x32-10 for a counter of four 32-bit words and a key of two. */
export function philox4x32(
  counter: readonly [number, number, number, number],
  key: readonly [number, number],
): [number, number, number, number] {
  encrypt(counter[0], counter[1], counter[2], counter[3], key[0], key[1]);
  return [block[0]! >>> 0, block[1]! >>> 0, block[2]! >>> 0, block[3]! >>> 0];
}

/** (k + ½) 2^-52 with k the upper 26 bits of each of the first two words of `block`. */
function blockToUniform(): number {
  const k = (block[0]! >>> 6) * TWO_26 + (block[1]! >>> 6);
  return (k + 0.5) * TWO_MINUS_52;
}

function upperHalf(seed: number): number {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`a seed is a whole number within ±(2^53 - 1), not ${seed}`);
  return Math.floor(seed / TWO_32);
}

/**
 * The uniform random number at a position.
 *
 * It lies strictly between 0 and 1: (k + ½) / 2^52 with k from 0 to 2^52 - 1, each equally likely, so it is symmetric about ½
 * and exact in binary64. The key of Philox is the seed, its counter is (stream.lo, stream.hi, draw, index).
 *
 * @param seed a safe integer; its two's complement gives the 64 bits of the key
 * @param stream names the random variable, see `streamOf`
 * @param draw number of the draw, a uint32
 * @param index time index (or 0), an int32
 * @throws RangeError if the seed is not a safe integer
 */
export function uniform(seed: number, stream: Words, draw: number, index: number): number {
  encrypt(stream.lo, stream.hi, draw, index, seed, upperHalf(seed));
  return blockToUniform();
}

/**
 * Fills `out[i]` with `uniform(seed, stream, firstDraw + i, index)`, bit for bit.
 *
 * @throws RangeError if the seed is not a safe integer
 */
export function fillUniform(out: Float64Array, seed: number, stream: Words, firstDraw: number, index: number): void {
  const high = upperHalf(seed);
  for (let i = 0; i < out.length; i++) {
    encrypt(stream.lo, stream.hi, firstDraw + i, index, seed, high);
    out[i] = blockToUniform();
  }
}
