/**
 * Every elementary function at every special value. What the host's function gives there is fixed by ECMAScript (NaN, infinities, signs of
 * zero); of other values its last digits are not, so those are compared to a few units in the last place.
 */
import { describe, expect, it } from "vitest";
import { acos, asin, atan, cos, cosh, exp, ln, log10, sin, sinh, tan, tanh } from "./index.ts";

const FUNCTIONS = {
  exp: [exp, Math.exp],
  ln: [ln, Math.log],
  log10: [log10, Math.log10],
  sin: [sin, Math.sin],
  cos: [cos, Math.cos],
  tan: [tan, Math.tan],
  asin: [asin, Math.asin],
  acos: [acos, Math.acos],
  atan: [atan, Math.atan],
  sinh: [sinh, Math.sinh],
  cosh: [cosh, Math.cosh],
  tanh: [tanh, Math.tanh],
} as const;

const SMALLEST_NORMAL = 2 ** -1022;
const SIZES = [
  ...[
    0,
    5e-324,
    1e-310,
    SMALLEST_NORMAL,
    2 ** -54,
    2 ** -27,
    1e-3,
    0.5,
    1 - 2 ** -53,
    1,
    1 + 2 ** -52,
    1.5,
    2,
    10,
    20,
    100,
  ],
  ...[700, 709, 710.4758, 745, 746, 1e3, 1e300, Number.MAX_VALUE, Number.POSITIVE_INFINITY],
];
const SPECIAL = [...SIZES, ...SIZES.map((x) => -x), Number.NaN];
/** Beyond, an angle has lost its meaning and the circular functions give NaN. */
const LARGEST_ANGLE = 1e6;

describe.each(Object.entries(FUNCTIONS))("%s", (name, [ours, host]) => {
  it.each(SPECIAL)("of %d", (x) => {
    const isLost = ["sin", "cos", "tan"].includes(name) && Math.abs(x) > LARGEST_ANGLE;
    const expected = isLost ? Number.NaN : host(x);
    const found = ours(x);
    if (Number.isFinite(expected) && expected !== 0) {
      // Four units, the largest error of ours and some for the host; a subnormal result has coarser ones.
      expect(Math.abs(found - expected)).toBeLessThanOrEqual(Math.max(4 * 2 ** -52 * Math.abs(expected), 2 * 5e-324));
    } else expect(found).toBe(expected);
  });
});
