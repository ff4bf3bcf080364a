/**
 * The operations of expressions on rows. Each loop goes over the lanes, and for each lane over the positions of the row; `out` is where
 * the results begin, position after position.
 */
import { assertNever } from "../diagnostics/diagnostic.ts";
import type { ReduceOp } from "../model/term.ts";
import { exp, ln, powerInteger } from "../numerics/index.ts";
import { binary, maximum, minimum, unary } from "./arithmetic.ts";
import type { Evaluation, Operand } from "./operand.ts";
import type { IrBinaryOp, IrUnaryOp } from "./program.ts";

/** How many positions of a row are computed at once, from the one on which its loop stands. */
export interface Width {
  count: number;
}

/** Where results go. */
export interface RowTarget {
  readonly values: Float64Array;
  readonly out: number;
  readonly lanes: number;
  readonly width: Width;
}

/** Frequent operations have loops of their own; they are `unary` of arithmetic.ts written in place. */
export function unaryOn(op: IrUnaryOp, operand: Operand, target: RowTarget): Evaluation {
  const { values, out, lanes, width } = target;
  const { step } = operand;
  switch (op) {
    case "negate":
      return () => {
        const x = operand.at();
        const { count } = width;
        for (let l = 0; l < lanes; l++)
          for (let i = 0; i < count; i++) values[out + l + i * lanes] = -values[x + l + i * step]!;
        return out;
      };
    case "exp":
      return () => {
        const x = operand.at();
        const { count } = width;
        for (let l = 0; l < lanes; l++)
          for (let i = 0; i < count; i++) values[out + l + i * lanes] = exp(values[x + l + i * step]!);
        return out;
      };
    case "ln":
      return () => {
        const x = operand.at();
        const { count } = width;
        for (let l = 0; l < lanes; l++)
          for (let i = 0; i < count; i++) values[out + l + i * lanes] = ln(values[x + l + i * step]!);
        return out;
      };
    default:
      return () => {
        const x = operand.at();
        const { count } = width;
        for (let l = 0; l < lanes; l++)
          for (let i = 0; i < count; i++) values[out + l + i * lanes] = unary(op, values[x + l + i * step]!);
        return out;
      };
  }
}

/** Frequent operations have loops of their own; they are `binary` of arithmetic.ts written in place. */
export function binaryOn(op: IrBinaryOp, left: Operand, right: Operand, target: RowTarget): Evaluation {
  const { values, out, lanes, width } = target;
  const x = left.step;
  const y = right.step;
  switch (op) {
    case "add":
      return () => {
        const a = left.at();
        const b = right.at();
        const { count } = width;
        for (let l = 0; l < lanes; l++)
          for (let i = 0; i < count; i++) values[out + l + i * lanes] = values[a + l + i * x]! + values[b + l + i * y]!;
        return out;
      };
    case "subtract":
      return () => {
        const a = left.at();
        const b = right.at();
        const { count } = width;
        for (let l = 0; l < lanes; l++)
          for (let i = 0; i < count; i++) values[out + l + i * lanes] = values[a + l + i * x]! - values[b + l + i * y]!;
        return out;
      };
    case "multiply":
      return () => {
        const a = left.at();
        const b = right.at();
        const { count } = width;
        for (let l = 0; l < lanes; l++)
          for (let i = 0; i < count; i++) values[out + l + i * lanes] = values[a + l + i * x]! * values[b + l + i * y]!;
        return out;
      };
    case "divide":
      return () => {
        const a = left.at();
        const b = right.at();
        const { count } = width;
        for (let l = 0; l < lanes; l++)
          for (let i = 0; i < count; i++) values[out + l + i * lanes] = values[a + l + i * x]! / values[b + l + i * y]!;
        return out;
      };
    case "min":
      return () => {
        const a = left.at();
        const b = right.at();
        const { count } = width;
        for (let l = 0; l < lanes; l++)
          for (let i = 0; i < count; i++)
            values[out + l + i * lanes] = minimum(values[a + l + i * x]!, values[b + l + i * y]!);
        return out;
      };
    case "max":
      return () => {
        const a = left.at();
        const b = right.at();
        const { count } = width;
        for (let l = 0; l < lanes; l++)
          for (let i = 0; i < count; i++)
            values[out + l + i * lanes] = maximum(values[a + l + i * x]!, values[b + l + i * y]!);
        return out;
      };
    default:
      return () => {
        const a = left.at();
        const b = right.at();
        const { count } = width;
        for (let l = 0; l < lanes; l++)
          for (let i = 0; i < count; i++)
            values[out + l + i * lanes] = binary(op, values[a + l + i * x]!, values[b + l + i * y]!);
        return out;
      };
  }
}

export function selectOn(condition: Operand, ifTrue: Operand, ifFalse: Operand, target: RowTarget): Evaluation {
  const { values, out, lanes, width } = target;
  const [x, y, z] = [condition.step, ifTrue.step, ifFalse.step];
  return () => {
    const c = condition.at();
    const a = ifTrue.at();
    const b = ifFalse.at();
    const { count } = width;
    for (let l = 0; l < lanes; l++)
      for (let i = 0; i < count; i++)
        values[out + l + i * lanes] = values[c + l + i * x] !== 0 ? values[a + l + i * y]! : values[b + l + i * z]!;
    return out;
  };
}

export function powerIntegerOn(base: Operand, exponent: number, target: RowTarget): Evaluation {
  const { values, out, lanes, width } = target;
  const { step } = base;
  return () => {
    const x = base.at();
    const { count } = width;
    for (let l = 0; l < lanes; l++)
      for (let i = 0; i < count; i++) values[out + l + i * lanes] = powerInteger(values[x + l + i * step]!, exponent);
    return out;
  };
}

/**
 * Takes the values of a row into totals, those of the first position first.
 * @param step from the total of one position to that of the next: 0 where all go into one
 */
export function foldOn(op: ReduceOp, step: number, value: Operand, target: RowTarget): () => void {
  const { values, out, lanes, width } = target;
  const x = value.step;
  switch (op) {
    case "sum":
      return () => {
        const a = value.at();
        const { count } = width;
        for (let l = 0; l < lanes; l++)
          for (let i = 0; i < count; i++)
            values[out + l + i * step] = values[out + l + i * step]! + values[a + l + i * x]!;
      };
    case "product":
      return () => {
        const a = value.at();
        const { count } = width;
        for (let l = 0; l < lanes; l++)
          for (let i = 0; i < count; i++)
            values[out + l + i * step] = values[out + l + i * step]! * values[a + l + i * x]!;
      };
    case "minimum":
      return () => {
        const a = value.at();
        const { count } = width;
        for (let l = 0; l < lanes; l++)
          for (let i = 0; i < count; i++)
            values[out + l + i * step] = minimum(values[out + l + i * step]!, values[a + l + i * x]!);
      };
    case "maximum":
      return () => {
        const a = value.at();
        const { count } = width;
        for (let l = 0; l < lanes; l++)
          for (let i = 0; i < count; i++)
            values[out + l + i * step] = maximum(values[out + l + i * step]!, values[a + l + i * x]!);
      };
    default:
      return assertNever(op);
  }
}

/** Stores a row. @param width how many positions */
export function storeOn(place: Operand, value: Operand, { values, lanes, width }: Omit<RowTarget, "out">): () => void {
  const x = value.step;
  const y = place.step;
  return () => {
    const from = value.at();
    const to = place.at();
    const { count } = width;
    for (let l = 0; l < lanes; l++) for (let i = 0; i < count; i++) values[to + l + i * y] = values[from + l + i * x]!;
  };
}
