/** Least squares by Householder's orthogonal triangularisation (Golub and Van Loan, "Matrix Computations", section 5.3). */

export interface LeastSquares {
  readonly coefficients: Float64Array;
  /** Standard error of each coefficient, from the residuals and `rows - columns - 1` degrees of freedom. */
  readonly errors: Float64Array;
  /** Share of the variance of the right side that is explained, for centred data. */
  readonly explained: number;
}

/** Below this share of a column's length, what is left of it by the columns before is taken for nothing. */
const DEPENDENT = 1e-9;

/**
 * Fits `y` by a sum of multiples of the columns; all are centred, so there is no constant.
 * @returns null if there are not more rows than columns and one, or a column depends on those before it.
 */
export function leastSquares(columns: readonly Float64Array[], y: Float64Array): LeastSquares | null {
  const [n, k] = [y.length, columns.length];
  const freedom = n - k - 1;
  if (freedom < 1) return null;
  const a = columns.map((column) => column.slice());
  const b = y.slice();
  const diagonal = new Float64Array(k);
  for (let j = 0; j < k; j++) {
    const column = a[j]!;
    const length = Math.sqrt(dot(column, column, j));
    if (length <= DEPENDENT * Math.sqrt(dot(columns[j]!, columns[j]!, 0))) return null;
    diagonal[j] = column[j]! > 0 ? -length : length;
    // The reflection vector stands in the column from row j on.
    column[j] = column[j]! - diagonal[j]!;
    const norm = dot(column, column, j);
    for (let other = j + 1; other < k; other++) reflect(column, norm, a[other]!, j);
    reflect(column, norm, b, j);
  }
  const coefficients = backSubstitute(a, diagonal, b);
  let residual = 0;
  for (let i = k; i < n; i++) residual += b[i]! * b[i]!;
  const variance = residual / freedom;
  const errors = inverseRowNorms(a, diagonal).map((norm) => Math.sqrt(variance * norm));
  return { coefficients, errors, explained: 1 - residual / dot(y, y, 0) };
}

function dot(x: Float64Array, y: Float64Array, from: number): number {
  let sum = 0;
  for (let i = from; i < x.length; i++) sum += x[i]! * y[i]!;
  return sum;
}

function reflect(vector: Float64Array, norm: number, target: Float64Array, from: number): void {
  const scale = (2 * dot(vector, target, from)) / norm;
  for (let i = from; i < target.length; i++) target[i]! -= scale * vector[i]!;
}

/** Solves R x = b, with R above the diagonal in the columns. */
function backSubstitute(a: readonly Float64Array[], diagonal: Float64Array, b: Float64Array): Float64Array {
  const x = new Float64Array(diagonal.length);
  for (let i = x.length - 1; i >= 0; i--) {
    let sum = b[i]!;
    for (let j = i + 1; j < x.length; j++) sum -= a[j]![i]! * x[j]!;
    x[i] = sum / diagonal[i]!;
  }
  return x;
}

/** Sums of squares of the rows of the inverse of R: the diagonal of the inverse of the normal equations' matrix. */
function inverseRowNorms(a: readonly Float64Array[], diagonal: Float64Array): Float64Array {
  const k = diagonal.length;
  const norms = new Float64Array(k);
  for (let column = 0; column < k; column++) {
    const unit = new Float64Array(k);
    unit[column] = 1;
    const solved = backSubstitute(a, diagonal, unit);
    for (let i = 0; i < k; i++) norms[i]! += solved[i]! * solved[i]!;
  }
  return norms;
}
