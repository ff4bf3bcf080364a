/** A number as an expression. */
import type { IrExpression } from "./program.ts";

export const constant = (value: number): IrExpression => ({ kind: "constant", value });
