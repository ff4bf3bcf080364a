/** Sums taken apart, through whatever keeps them sums. */
import type { IrExpression } from "../program.ts";

/** A part of a sum: it is added, or taken away. */
export interface Addend {
  readonly value: IrExpression;
  readonly sign: 1 | -1;
}

/**
 * The addends of an expression, which has the value of their sum but for rounding: looks through additions, subtractions, changes of sign,
 * products and quotients of a sum and something else, and through whatever `look` knows the addends of.
 *
 * @param isOne whether an expression is better left whole
 * @param look other addends for an expression that is no sum itself, or null
 */
export function addendsOf(
  e: IrExpression,
  isOne: (e: IrExpression) => boolean,
  look: (e: IrExpression) => readonly Addend[] | null,
): readonly Addend[] {
  if (isOne(e)) return [{ value: e, sign: 1 }];
  const parts = (part: IrExpression) => addendsOf(part, isOne, look);
  if (e.kind === "unary" && e.op === "negate") return parts(e.operand).map(opposite);
  if (e.kind === "binary") {
    switch (e.op) {
      case "add":
        return [...parts(e.left), ...parts(e.right)];
      case "subtract":
        return [...parts(e.left), ...parts(e.right).map(opposite)];
      case "multiply": {
        const [left, right] = [parts(e.left), parts(e.right)];
        if (left.length > 1 && right.length === 1) return left.map((a) => ({ ...a, value: { ...e, left: a.value } }));
        if (right.length > 1 && left.length === 1) return right.map((a) => ({ ...a, value: { ...e, right: a.value } }));
        break;
      }
      case "divide": {
        const left = parts(e.left);
        if (left.length > 1) return left.map((a) => ({ ...a, value: { ...e, left: a.value } }));
        break;
      }
    }
  }
  return look(e) ?? [{ value: e, sign: 1 }];
}

export const opposite = ({ value, sign }: Addend): Addend => ({ value, sign: sign === 1 ? -1 : 1 });

/** The sum of at least one addend, from the first to the last. */
export function sumOf(addends: readonly Addend[]): IrExpression {
  const [first, ...rest] = addends as [Addend, ...Addend[]];
  const start: IrExpression = first.sign === 1 ? first.value : { kind: "unary", op: "negate", operand: first.value };
  return rest.reduce<IrExpression>(
    (left, { value, sign }) => ({ kind: "binary", op: sign === 1 ? "add" : "subtract", left, right: value }),
    start,
  );
}
