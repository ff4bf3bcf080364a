/**
 * x^n for a whole number n from -16 to 16, by multiplications in a fixed order.
 *
 * With the squares x, x², x⁴, x⁸, x¹⁶, the result is the product of those that the binary form of n names, from the
 * lowest to the highest: x¹³ = (x · x⁴) · x⁸. A negative n gives 1 / x^|n|, so it underflows or overflows where x^|n| does. n = 0
 * gives 1, for NaN too. An infinity or a zero gives what the multiplications give, which are the values of IEEE pown.
 *
 * @throws RangeError if n is not a whole number from -16 to 16.
 */
export function powerInteger(x: number, n: number): number {
  if (!Number.isInteger(n) || n < -16 || n > 16) {
    throw new RangeError(`powerInteger takes a whole exponent from -16 to 16, not ${n}`);
  }
  if (n === 0) return 1;
  let bits = n < 0 ? -n : n;
  let square = x;
  while ((bits & 1) === 0) {
    square *= square;
    bits >>= 1;
  }
  let result = square;
  for (bits >>= 1; bits > 0; bits >>= 1) {
    square *= square;
    if ((bits & 1) === 1) result *= square;
  }
  return n < 0 ? 1 / result : result;
}
