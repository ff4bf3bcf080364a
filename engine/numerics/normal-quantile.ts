import { ln } from "./log.ts";

/** Eight coefficients, highest power first. The literals are the paper's decimals, rounded to binary64. */
type Coefficients = readonly [number, number, number, number, number, number, number, number];

/** Quantile / (u - ½) for |u - ½| ≤ 0.425, of 0.425² - (u - ½)²: the paper's A over B. */
const CENTRAL_ABOVE: Coefficients = [
  2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946, 1971.5909503065513,
  133.14166789178438, 3.3871328727963665,
];
const CENTRAL_BELOW: Coefficients = [
  5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751, 687.1870074920579,
  42.31333070160091, 1,
];
/** Magnitude of the quantile for √(-ln tail) ≤ 5, of √(-ln tail) - 1.6: C over D. */
const NEAR_ABOVE: Coefficients = [
  0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045,
  5.769497221460691, 4.630337846156546, 1.4234371107496835,
];
const NEAR_BELOW: Coefficients = [
  1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851,
  1.6763848301838038, 2.053191626637759, 1,
];
/** Magnitude of the quantile for √(-ln tail) > 5, of √(-ln tail) - 5: E over F. */
const FAR_ABOVE: Coefficients = [
  2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124, 0.29656057182850487,
  1.7848265399172913, 5.463784911164114, 6.657904643501103,
];
const FAR_BELOW: Coefficients = [
  2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 0.0007868691311456133, 0.014875361290850615,
  0.1369298809227358, 0.599832206555888, 1,
];

/**
 * The u-quantile of the standard normal distribution.
 *
 * Algorithm AS 241, PPND16 (M. J. Wichura, Applied Statistics 37, 1988, 477–484): a rational function of u - ½ in the centre,
 * one of √(-ln u) in each tail. Largest relative error measured from u = 1e-300 up: 5.9e-16, at 1.0994562270293725e-77. The
 * lower tail is the accurate one for tiny probabilities: for an upper tail probability q, take -normalQuantile(q).
 *
 * @returns -Infinity at 0, Infinity at 1, NaN outside [0, 1]
 */
export function normalQuantile(u: number): number {
  const q = u - 0.5;
  if (Math.abs(q) <= 0.425) return q * ratio(CENTRAL_ABOVE, CENTRAL_BELOW, 0.180625 - q * q);
  if (!(u >= 0 && u <= 1)) return Number.NaN;
  const tailProbability = q < 0 ? u : 1 - u;
  if (tailProbability === 0) return q < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const r = Math.sqrt(-ln(tailProbability));
  const magnitude = r <= 5 ? ratio(NEAR_ABOVE, NEAR_BELOW, r - 1.6) : ratio(FAR_ABOVE, FAR_BELOW, r - 5);
  return q < 0 ? -magnitude : magnitude;
}

/** The quotient of two polynomials of degree seven, each by Horner's rule. */
function ratio(above: Coefficients, below: Coefficients, r: number): number {
  return horner(above, r) / horner(below, r);
}

function horner(c: Coefficients, r: number): number {
  return ((((((c[0] * r + c[1]) * r + c[2]) * r + c[3]) * r + c[4]) * r + c[5]) * r + c[6]) * r + c[7];
}
