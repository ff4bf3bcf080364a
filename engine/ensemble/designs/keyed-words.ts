/** Random words of designs, beside the uniform numbers of the draws themselves. */
import { uniform, type Words } from "../../numerics/index.ts";

const TWO_32 = 2 ** 32;
const TWO_20 = 2 ** 20;

/**
 * `count` random 32-bit words (unsigned) that belong to a replicate of a stream. They come from the stream's numbers at negative time
 * indices, which no draw uses.
 */
export function keyedWords(seed: number, stream: Words, replicate: number, count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, i) => Math.floor(uniform(seed, stream, replicate, -1 - i) * TWO_32));
}

/** A uniform number rounded to (j + ½) 2^-20, so that whole numbers of up to 32 bits can be added to it without rounding. */
export function coarse(u: number): number {
  return (Math.floor(u * TWO_20) + 0.5) / TWO_20;
}
