import { ln } from "./log.ts";

/** Stirling's series for `stirlingError`: B_2j / (2j (2j - 1)), j = 1 … 7 (DLMF 5.11.1). */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156] as const;
/** From here on the seven terms are below 2e-17. */
const STIRLING_FROM = 16;

/**
 * ln Γ(a) - ((a - ½) ln a - a + ½ ln 2π) for a > 0: what Stirling's formula leaves out.
 *
 * Below 16 the recurrence error(a) = error(a + 1) + (a + ½) ln(1 + 1/a) - 1 leads up to the series.
 */
export function stirlingError(a: number): number {
  let shift = 0;
  let from = a;
  while (from < STIRLING_FROM) {
    shift += (from + 0.5) * ln((from + 1) / from) - 1;
    from += 1;
  }
  const inverse = 1 / from;
  const square = inverse * inverse;
  let series = 0;
  for (let j = STIRLING.length - 1; j >= 0; j--) series = series * square + STIRLING[j]!;
  return shift + series * inverse;
}

/**
 * ln(1 + e) - e for e > -1, accurate near 0, where both terms cancel.
 *
 * With s = e / (2 + e): ln(1 + e) = 2 artanh(s) and e = 2s / (1 - s).
 *
 * @param onePlus 1 + e, given apart because the sum loses digits near e = -1
 */
export function lnOnePlusLess(e: number, onePlus: number): number {
  if (e < -0.3 || e > 0.4) return ln(onePlus) - e;
  const s = e / (2 + e);
  const z = s * s;
  // artanh(s) - s = s³/3 + s⁵/5 + …, |s| ≤ 0.18: eleven terms leave less than 1e-17.
  let series = 0;
  for (let odd = 23; odd >= 3; odd -= 2) series = series * z + 1 / odd;
  return 2 * s * z * series - (2 * z) / (1 - s);
}
