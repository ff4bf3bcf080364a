/** INVERT MATRIX (Vensim reference manual): Gauss–Jordan elimination with the largest pivot of each column, written out as steps. */
import type { Expression } from "../equation.ts";
import type { ForeignExpression } from "./foreign-model.ts";
import { written } from "./function-rules.ts";
import type { ForeignCall, FunctionTable } from "./functions.ts";
import { reduce } from "./reductions.ts";
import type { Bound, Scope } from "./scope.ts";
import { boundKey } from "./subscripts.ts";
import { orderIn, runAgain } from "./vector-rules.ts";

/** Most rows of a matrix: each is a step with arrays of its own. */
const MAX_ROWS = 60;

/** The bounds of the matrix' last two subscripts, which the left side must run over. */
function rowsAndColumns(call: ForeignCall, e: ForeignExpression): readonly [Bound, Bound] | null {
  const { t, scope } = call;
  const variable = e.kind === "name" ? t.context.variables.get(e.name.key) : undefined;
  if (e.kind !== "name" || !variable || (e.subscripts?.length ?? 0) < 2) return null;
  const [row, column] = [-2, -1].map((k) => {
    const s = e.subscripts!.at(k)!;
    const key = boundKey(s, variable, variable.axes.length + k);
    return scope.find((b) => b.key === key) ?? null;
  });
  return row && column && row !== column ? [row, column] : null;
}

function invertMatrix(call: ForeignCall): Expression {
  const { t, scope, b, arguments: args, span } = call;
  const matrix = args[0]!;
  const found = rowsAndColumns(call, matrix);
  if (!found) return t.fail("foreign-not-vector", matrix.span, { name: call.name.text });
  const [row, column] = found;
  // The steps are arrays over whole rows and columns.
  if (row.at !== null || column.at !== null) return t.fail("foreign-not-vector", span, { name: call.name.text });
  const size = row.positions.length;
  if (size !== column.positions.length || size > MAX_ROWS) {
    return t.fail("foreign-matrix", span, { rows: size, columns: column.positions.length, limit: MAX_ROWS });
  }
  const outer = scope.filter((s) => s !== row && s !== column);
  const define = (name: string, axes: Scope, value: Expression) =>
    t.context.auxiliary({ title: `${t.ownerText} ${name}`, scope: axes, value, span });
  const at = (bounds: Scope) =>
    bounds.map((x) => (x.at === null ? b.name(x.axis) : b.element(x.family.elements[x.positions[x.at]!]!.name)));
  const read = (name: string, bounds: Scope) =>
    b.subscripted(name, at(bounds.filter((x) => x.at === null || !outer.includes(x))));
  const overRows = (op: "sum" | "maximum" | "minimum", body: (other: Bound) => Expression): Expression => {
    const { inner, hidden } = runAgain(scope, row);
    return reduce(op, [inner], hidden, b, (here) => body(here.find((x) => x.axis === inner.axis)!));
  };
  const place = (bound: Bound) => orderIn(bound, b);

  const whole: Scope = [...outer, row, column];
  let left = define("left 0", whole, t.translate(matrix, scope));
  const isDiagonal = b.binary("==", place(row), place(column));
  let right = define("right 0", whole, b.if(isDiagonal, b.number(1), b.number(0)));
  const pivots: string[] = [];
  for (let k = 0; k < size; k++) {
    const fixed: Bound = { ...column, at: k };
    const inColumn = (r: Bound) => read(left, [...outer, r, fixed]);
    const isFree = (r: Bound): Expression =>
      pivots.reduce<Expression>(
        (free, p) => b.binary("and", free, b.binary("!=", place(r), read(p, outer))),
        b.number(1),
      );
    const candidate = (r: Bound) => b.if(isFree(r), b.call("abs", inColumn(r)), b.number(-1));
    const largest = define(`largest ${k + 1}`, outer, overRows("maximum", candidate));
    const isLargest = (r: Bound) => b.binary("==", candidate(r), read(largest, outer));
    const pivot = define(
      `pivot ${k + 1}`,
      outer,
      overRows("minimum", (r) => b.if(isLargest(r), place(r), b.number(size))),
    );
    pivots.push(pivot);
    const isPivot = b.binary("==", place(row), read(pivot, outer));
    const inPivotRow = (name: string, c: Bound) =>
      overRows("sum", (r) =>
        b.if(b.binary("==", place(r), read(pivot, outer)), read(name, [...outer, r, c]), b.number(0)),
      );
    const divisor = define(`divisor ${k + 1}`, outer, inPivotRow(left, fixed));
    const next = (name: string): Expression => {
      const scaled = b.divide(inPivotRow(name, column), read(divisor, outer));
      const rest = b.subtract(read(name, [...outer, row, column]), b.multiply(inColumn(row), scaled));
      return b.if(isPivot, scaled, rest);
    };
    const [newLeft, newRight] = [next(left), next(right)];
    left = define(`left ${k + 1}`, whole, newLeft);
    right = define(`right ${k + 1}`, whole, newRight);
  }
  // Row i of the inverse is the row that was the pivot of column i.
  const chosen = pivots.reduceRight<Expression>(
    (rest, p, k) => b.if(b.binary("==", place(row), b.number(k)), read(p, outer), rest),
    b.number(0),
  );
  return overRows("sum", (r) =>
    b.if(b.binary("==", place(r), chosen), read(right, [...outer, r, column]), b.number(0)),
  );
}

export const MATRIX_FUNCTIONS: FunctionTable = { invert_matrix: written(2, invertMatrix) };
