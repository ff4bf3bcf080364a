/** Constant folding. */

import { powerInteger } from "../../numerics/index.ts";
import { binary, unary } from "../arithmetic.ts";
import { constant } from "../constant.ts";
import { mapParts, mapStatement, mapStatements } from "../map-expression.ts";
import type { IrExpression, Program } from "../program.ts";

/**
 * Computes what has only constants in it, by the arithmetic of the interpreter, and takes the branch of a `select` whose condition
 * is constant. It uses no law of algebra, since x · 0 and x + 0 are not always what they seem; so no bit changes.
 */
export function foldConstants(program: Program): Program {
  return mapStatements(program, (s) => mapStatement(s, fold));
}

function fold(e: IrExpression): IrExpression {
  const folded = mapParts(e, fold);
  switch (folded.kind) {
    case "unary":
      return folded.operand.kind === "constant" ? constant(unary(folded.op, folded.operand.value)) : folded;
    case "power-integer":
      return folded.base.kind === "constant" ? constant(powerInteger(folded.base.value, folded.exponent)) : folded;
    case "binary":
      return folded.left.kind === "constant" && folded.right.kind === "constant"
        ? constant(binary(folded.op, folded.left.value, folded.right.value))
        : folded;
    case "select":
      if (folded.condition.kind !== "constant") return folded;
      return folded.condition.value !== 0 ? folded.ifTrue : folded.ifFalse;
    default:
      return folded;
  }
}
