/** Solving with a Cholesky factor L, given by rows (row i has i + 1 entries). */

export type LowerTriangle = readonly (readonly number[])[];

/** x with L x = b. */
export function solveLower(factor: LowerTriangle, b: Float64Array): Float64Array {
  const x = new Float64Array(b.length);
  for (const [i, row] of factor.entries()) {
    let rest = b[i]!;
    for (let j = 0; j < i; j++) rest -= row[j]! * x[j]!;
    x[i] = rest / row[i]!;
  }
  return x;
}

/** x with Lᵀ x = b. */
export function solveUpper(factor: LowerTriangle, b: Float64Array): Float64Array {
  const x = Float64Array.from(b);
  for (let i = factor.length - 1; i >= 0; i--) {
    x[i] = x[i]! / factor[i]![i]!;
    for (let j = 0; j < i; j++) x[j] = x[j]! - factor[i]![j]! * x[i]!;
  }
  return x;
}
