/** NaN or a number outside [0, 1]: every quantile function answers NaN to it. */
export function isNoProbability(u: number): boolean {
  return !(u >= 0 && u <= 1);
}

/** @throws RangeError with the name of the distribution and its parameters, unless `valid` */
export function requireParameters(valid: boolean, distribution: string, parameters: readonly number[]): void {
  if (!valid) throw new RangeError(`${distribution}(${parameters.join(", ")}) is not a distribution`);
}
