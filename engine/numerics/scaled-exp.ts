import { clamp, LOWEST_EXPONENT, POWERS_OF_TWO, ROUND_TO_INTEGER } from "./binary64.ts";
import { expRest, LARGEST_EXP, LN2_HIGH, LN2_LOW, SMALLEST_EXP } from "./exp.ts";

/**
 * scale · e^(x + tail) for |tail| ≤ 1e-4 and a scale of ½, 1 or 2: the arithmetic of `exp` for functions that carry their
 * exponent in two numbers, or that would overflow before their result does. scaledExp(x, 0, 1) is exp(x), bit for bit.
 */
export function scaledExp(x: number, tail: number, scale: number): number {
  const z = clamp(x, SMALLEST_EXP, LARGEST_EXP);
  const n = z * Math.LOG2E + ROUND_TO_INTEGER - ROUND_TO_INTEGER;
  const high = z - n * LN2_HIGH;
  const low = n * LN2_LOW - tail;
  const y = (1 + (high + (expRest(high - low) - low))) * scale;
  const biased = (n + 2046) | 0;
  const a = biased >> 1;
  const b = biased - a;
  return y * POWERS_OF_TWO[a - (1023 + LOWEST_EXPONENT)]! * POWERS_OF_TWO[b - (1023 + LOWEST_EXPONENT)]!;
}
