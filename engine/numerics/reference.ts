/**
 * Elementary functions to some 310 binary places, in whole-number arithmetic: what the tests of this folder measure
 * against. Slow, and used by tests only.
 *
 * A fixed-point number is a bigint that counts units of 2^-FRACTION. Arguments are exact; results are good to
 * some 20 units, so an argument below 2^-100 in size leaves fewer correct bits.
 */

const FRACTION = 320;
const BITS = BigInt(FRACTION);
const ONE = 1n << BITS;

/** significand · 2^exponent */
export interface Real {
  readonly significand: bigint;
  readonly exponent: number;
}

/** A binary64 number as a whole number of units, exact for |x| ≥ 2^-(FRACTION - 53) and truncated below. */
export function toFixed(x: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const significand = biased === 0 ? fraction : fraction | 0x10000000000000n;
  const shifted = shift(significand, (biased === 0 ? 1 : biased) - 1075 + FRACTION);
  return bits >> 63n === 1n ? -shifted : shifted;
}

function shift(value: bigint, places: number): bigint {
  return places >= 0 ? value << BigInt(places) : value >> BigInt(-places);
}

const multiply = (a: bigint, b: bigint): bigint => (a * b) >> BITS;
const divide = (a: bigint, b: bigint): bigint => (a << BITS) / b;
const absolute = (a: bigint): bigint => (a < 0n ? -a : a);
const real = (fixed: bigint): Real => ({ significand: fixed, exponent: -FRACTION });

/** Nearest whole number of a / b, for b > 0. */
const nearest = (a: bigint, b: bigint): bigint => {
  const doubled = 2n * a + b;
  const quotient = doubled / (2n * b);
  return doubled < 0n && doubled % (2n * b) !== 0n ? quotient - 1n : quotient;
};

/** √a by Newton's method on whole numbers. */
function squareRoot(a: bigint): bigint {
  const n = a << BITS;
  if (n === 0n) return 0n;
  let x = 1n << BigInt((n.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (x + n / x) >> 1n;
    if (next >= x) return x;
    x = next;
  }
}

/** Σ sign^k x^(2k+1) / (2k+1): artanh for sign 1, arc tangent for sign -1, |x| well below 1. */
function arcSeries(x: bigint, sign: bigint): bigint {
  const square = multiply(x, x) * sign;
  let power = x;
  let sum = x;
  for (let odd = 3n; power !== 0n && power !== -1n; odd += 2n) {
    power = multiply(power, square);
    sum += power / odd;
  }
  return sum;
}

/** Σ x^k / k! over even or odd k, with alternating signs if sign is -1, for |x| ≤ 1. */
function factorialSeries(x: bigint, first: 0 | 1, sign: bigint): bigint {
  const square = multiply(x, x) * sign;
  let term = first === 0 ? ONE : x;
  let sum = term;
  for (let k = BigInt(first) + 2n; term !== 0n && term !== -1n; k += 2n) {
    term = multiply(term, square) / (k * (k - 1n));
    sum += term;
  }
  return sum;
}

/** ln 2 = 18 artanh(1/26) - 2 artanh(1/4801) + 8 artanh(1/8749) */
const LN2 = 18n * arcSeries(ONE / 26n, 1n) - 2n * arcSeries(ONE / 4801n, 1n) + 8n * arcSeries(ONE / 8749n, 1n);
/** Machin: π/4 = 4 arctan(1/5) - arctan(1/239) */
const PI = 4n * (4n * arcSeries(ONE / 5n, -1n) - arcSeries(ONE / 239n, -1n));

function expOf(x: bigint): Real {
  const n = nearest(x, LN2);
  const r = x - n * LN2;
  return {
    significand: factorialSeries(r, 0, 1n) + factorialSeries(r, 1, 1n),
    exponent: Number(n) - FRACTION,
  };
}

function lnOf(x: number): bigint {
  if (!(x > 0 && x < Number.POSITIVE_INFINITY)) throw new RangeError(`no logarithm of ${x} here`);
  // x = 2^k m with m in [¾, 1½)
  let m = x;
  let k = 0n;
  for (; m >= 1.5; m *= 0.5) k += 1n;
  for (; m < 0.75; m *= 2) k -= 1n;
  const fixed = toFixed(m);
  return k * LN2 + 2n * arcSeries(divide(fixed - ONE, fixed + ONE), 1n);
}

function circular(x: number): { sine: bigint; cosine: bigint } {
  const fixed = toFixed(x);
  const n = nearest(fixed, PI / 2n);
  // n π/2 from 2 π n / 4, so that the error of π/2 is not multiplied by n more than needed
  const r = fixed - (n * PI) / 2n;
  const sine = factorialSeries(r, 1, -1n);
  const cosine = factorialSeries(r, 0, -1n);
  const quadrant = Number(((n % 4n) + 4n) % 4n);
  if (quadrant === 0) return { sine, cosine };
  if (quadrant === 1) return { sine: cosine, cosine: -sine };
  if (quadrant === 2) return { sine: -sine, cosine: -cosine };
  return { sine: -cosine, cosine: sine };
}

/** arctan, with the argument halved twice: arctan x = 2 arctan(x / (1 + √(1 + x²))). */
function atanOf(x: bigint): bigint {
  const halve = (t: bigint): bigint => divide(t, ONE + squareRoot(ONE + multiply(t, t)));
  return 4n * arcSeries(halve(halve(x)), -1n);
}

function asinOf(x: number): bigint {
  const fixed = toFixed(x);
  if (absolute(fixed) === ONE) return fixed > 0n ? PI / 2n : -PI / 2n;
  return atanOf(divide(fixed, squareRoot(ONE - multiply(fixed, fixed))));
}

function hyperbolic(x: number): { plus: bigint; minus: bigint; exponent: number } {
  const positive = expOf(toFixed(x));
  const negative = expOf(toFixed(-x));
  // to the larger of the two exponents
  const exponent = Math.max(positive.exponent, negative.exponent);
  const a = shift(positive.significand, positive.exponent - exponent);
  const b = shift(negative.significand, negative.exponent - exponent);
  return { plus: a + b, minus: a - b, exponent };
}

/** The functions, by the names that `index.ts` exports. */
export const reference = {
  exp: (x: number): Real => expOf(toFixed(x)),
  ln: (x: number): Real => real(lnOf(x)),
  log10: (x: number): Real => real(divide(lnOf(x), lnOf(10))),
  power: (x: number, y: number): Real => expOf(multiply(toFixed(y), lnOf(x))),
  sin: (x: number): Real => real(circular(x).sine),
  cos: (x: number): Real => real(circular(x).cosine),
  tan: (x: number): Real => {
    const { sine, cosine } = circular(x);
    return real(divide(sine, cosine));
  },
  asin: (x: number): Real => real(asinOf(x)),
  acos: (x: number): Real => real(PI / 2n - asinOf(x)),
  atan: (x: number): Real => real(atanOf(toFixed(x))),
  sinh: (x: number): Real => {
    const { minus, exponent } = hyperbolic(x);
    return { significand: minus, exponent: exponent - 1 };
  },
  cosh: (x: number): Real => {
    const { plus, exponent } = hyperbolic(x);
    return { significand: plus, exponent: exponent - 1 };
  },
  tanh: (x: number): Real => {
    const { plus, minus } = hyperbolic(x);
    return real(divide(minus, plus));
  },
} as const;

/**
 * |actual - exact| in units in the last place of the exact value: of 2^(⌊log2 |exact|⌋ - 52), and of 2^-1074 where that is larger.
 */
export function ulpError(actual: number, exact: Real): number {
  const size = absolute(exact.significand);
  const magnitude = size.toString(2).length - 1 + exact.exponent;
  const unit = Math.max(magnitude - 52, -1074);
  // Both in units of 2^(unit - 64), as whole numbers.
  const scale = unit - 64;
  const expected = shift(exact.significand, exact.exponent - scale);
  return Number(absolute(toUnits(actual, scale) - expected)) / 2 ** 64;
}

/** A finite binary64 number in units of 2^scale. */
function toUnits(x: number, scale: number): bigint {
  // Split by exact scaling, so that numbers of any size keep their 53 bits.
  let significand = x;
  let exponent = 0;
  for (; Math.abs(significand) >= 2 ** 53; significand /= 2 ** 53) exponent += 53;
  for (; !Number.isInteger(significand); significand *= 2 ** 53) exponent -= 53;
  return shift(BigInt(significand), exponent - scale);
}
