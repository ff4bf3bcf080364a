/**
 * Guesses: the value that a function has where its operands are ordinary numbers, by fewer operations and with the same bits; and a doubt.
 *
 * A doubt has, for every number of a vector, a whole number below {@link NO_DOUBT} in its 64 bits where the guess is right, and any other bits
 * where it may be wrong. The union of the bits of doubts is a doubt again: {@link NO_DOUBT} is a power of two.
 */
import type { NodeId } from "./graph.ts";

export interface Guess {
  readonly value: NodeId;
  readonly doubt: NodeId;
}

const NO_DOUBT = 1024;

/** The bits of a doubt that are not 0 where a guess may be wrong. */
export const DOUBTFUL_BITS = BigInt.asUintN(64, ~BigInt(NO_DOUBT - 1));
