import { LOWEST_EXPONENT, POWERS_OF_TWO, upperWord } from "./binary64.ts";
import { LN2_HIGH, LN2_LOW } from "./exp.ts";

const SMALLEST_NORMAL = 2.2250738585072014e-308;
const TWO_54 = 18014398509481984;
const EXPONENT_SHIFT = 0x3ff00000 - 0x3fe6a09e;

/** 2^27 + 1, Veltkamp's factor: it splits a number into two of 26 bits. */
export const SPLIT = 134217729;

/** Below the first m is multiplied by 5/4, from the second on by 3/4: then |f| ≤ 1/7 in all three cells. */
export const CELL_LOW = 8 / 9;
export const CELL_HIGH = 8 / 7;
/** ln(4/5) and ln(4/3), each a multiple of 2^-42 and a rest. */
export const LN_4_5_HIGH = -0.22314355131425145;
export const LN_4_5_LOW = 4.169796584527195e-14;
export const LN_4_3_HIGH = 0.28768207245184385;
export const LN_4_3_LOW = -6.292357389008195e-14;
/** 1.5 · 2^25: adding it and taking it away rounds to a multiple of 2^-27. */
export const ROUND_TO_2_27 = 50331648;

// ln(1 + f) ≈ f - f²/2 + f³ (P0 + … + P13 f¹³) on |f| ≤ 0.1431, error 7.2e-20 relative to f. Fitted like those of exp.
export const P0 = 0.3333333333333336;
export const P1 = -0.2500000000000008;
export const P2 = 0.19999999999967874;
export const P3 = -0.16666666666595767;
export const P4 = 0.1428571429920301;
export const P5 = -0.12500000023819643;
export const P6 = 0.11111108426450683;
export const P7 = -0.09999996014472053;
export const P8 = 0.09091194541126606;
export const P9 = -0.08333701339068986;
export const P10 = 0.07675673053457903;
export const P11 = -0.07123803952560133;
export const P12 = 0.07165480721183429;
export const P13 = -0.0676605448621797;

/** Where `lnInParts` leaves its result: the logarithm is the sum of both, and the first has 26 bits. */
export const lnParts = new Float64Array(2);

/**
 * ln x to about 64 bits for a positive, finite x, in two parts that it leaves in `lnParts`. Any other x leaves nothing
 * of use there.
 *
 * x = 2^k m, and m is brought near 1 by an exact product with 3/4, 1 or 5/4, whose logarithm is tabulated; the terms f and
 * f²/2 are then summed with their rounding errors (Dekker 1971), and only the rest f³ P(f) is rounded.
 */
export function lnInParts(x: number): void {
  const subnormal = x < SMALLEST_NORMAL;
  const normal = subnormal ? x * TWO_54 : x;
  const e = ((upperWord(normal) + EXPONENT_SHIFT) >>> 20) - 1023;
  const k = subnormal ? e - 54 : e;
  const m = normal * POWERS_OF_TWO[-e - LOWEST_EXPONENT]!;
  // f = c m - 1, exact: m - 1 is, and m/4 too; their sum fits in 53 bits.
  const below = m < CELL_LOW;
  const above = m >= CELL_HIGH;
  const quarter = below ? 0.25 : above ? -0.25 : 0;
  const cellHigh = below ? LN_4_5_HIGH : above ? LN_4_3_HIGH : 0;
  const cellLow = below ? LN_4_5_LOW : above ? LN_4_3_LOW : 0;
  const f = m - 1 + quarter * m;
  // f²/2 = square + squareLow: square is exact, being (a number of 25 bits)²/2.
  const fHigh = f + ROUND_TO_2_27 - ROUND_TO_2_27;
  const square = 0.5 * fHigh * fHigh;
  const squareLow = 0.5 * (f + fHigh) * (f - fHigh);
  // rest = f³ P(f), Estrin's order
  const f2 = f * f;
  const f4 = f2 * f2;
  const f8 = f4 * f4;
  const p0 = P0 + P1 * f + f2 * (P2 + P3 * f) + f4 * (P4 + P5 * f + f2 * (P6 + P7 * f));
  const p8 = P8 + P9 * f + f2 * (P10 + P11 * f) + f4 * (P12 + P13 * f);
  const rest = f2 * f * (p0 + f8 * p8);
  // k ln 2 + ln(1/c) + f - f²/2: each addend is smaller than the sum so far, so the error of a sum is exact.
  const base = k * LN2_HIGH + cellHigh;
  const sum1 = base + f;
  const error1 = f - (sum1 - base);
  const sum2 = sum1 - square;
  const error2 = sum1 - sum2 - square;
  const low = error1 + error2 + (rest - squareLow) + (k * LN2_LOW + cellLow);
  const high = sum2 + low;
  const scaled = high * SPLIT;
  const high26 = scaled - (scaled - high);
  lnParts[0] = high26;
  lnParts[1] = high - high26 + (low - (high - sum2));
}
