/** Statements with some of their loops at fixed positions, and the slots that they read and write. */

import { InternalError } from "../diagnostics/diagnostic.ts";
import { binary, unary } from "./arithmetic.ts";
import { constant } from "./constant.ts";
import type { IrExpression, Loop, Place, Statement } from "./program.ts";

/** Positions of loops, by id. */
export type Positions = ReadonlyMap<number, number>;

/**
 * An expression with loops at fixed positions. What is constant then is computed, with the same arithmetic as in a run, and of
 * a choice with a constant condition only the chosen side is left.
 */
export function substitute(e: IrExpression, at: Positions): IrExpression {
  switch (e.kind) {
    case "constant":
    case "time":
    case "local":
      return e;
    case "loop-value": {
      const position = at.get(e.loop);
      return position === undefined ? e : constant(position + e.offset);
    }
    case "load": {
      const place = placeAt(e.place, at);
      return place ? { kind: "load", place } : constant(0);
    }
    case "load-past": {
      const place = placeAt(e.place, at);
      return place ? { ...e, place, lag: substitute(e.lag, at) } : constant(0);
    }
    case "unary": {
      const operand = substitute(e.operand, at);
      return operand.kind === "constant" ? constant(unary(e.op, operand.value)) : { ...e, operand };
    }
    case "power-integer":
      return { ...e, base: substitute(e.base, at) };
    case "binary": {
      const [left, right] = [substitute(e.left, at), substitute(e.right, at)];
      if (left.kind === "constant" && right.kind === "constant") return constant(binary(e.op, left.value, right.value));
      return { ...e, left, right };
    }
    case "select": {
      const condition = substitute(e.condition, at);
      if (condition.kind === "constant") return substitute(condition.value !== 0 ? e.ifTrue : e.ifFalse, at);
      return { ...e, condition, ifTrue: substitute(e.ifTrue, at), ifFalse: substitute(e.ifFalse, at) };
    }
    case "lookup": {
      const table = placeAt(e.table, at);
      return table ? { ...e, table, x: substitute(e.x, at) } : constant(0);
    }
  }
}

/** A place with loops at fixed positions; null where one lies outside its dimension. */
export function placeAt(place: Place, at: Positions): Place | null {
  let { base } = place;
  for (const { loop, offset, size } of place.guards) {
    const position = at.get(loop);
    if (position !== undefined && (position + offset < 0 || position + offset >= size)) return null;
  }
  const terms = place.terms.filter(({ loop, stride }) => {
    const position = at.get(loop);
    if (position !== undefined) base += position * stride;
    return position === undefined;
  });
  return { base, terms, guards: place.guards.filter((g) => !at.has(g.loop)) };
}

/** A statement with loops at fixed positions; the others stay. Statements without loops are given back as they are. */
export function statementAt(statement: Statement, at: Positions): Statement {
  if (!("loops" in statement)) return statement;
  const loops = statement.loops.filter((l) => !at.has(l.id));
  switch (statement.kind) {
    case "assign":
    case "reduce":
      return {
        ...statement,
        loops,
        target: placeAt(statement.target, at)!,
        value: substitute(statement.value, at),
      };
    case "allocate":
      return {
        ...statement,
        loops,
        target: placeAt(statement.target, at)!,
        amount: substitute(statement.amount, at),
        weight: substitute(statement.weight, at),
        cap: substitute(statement.cap, at),
      };
    case "keep-maximum":
      return { ...statement, loops, value: substitute(statement.value, at) };
  }
}

/** Every combination of positions of some loops, the last loop fastest. */
export function combinations(loops: readonly Loop[]): Map<number, number>[] {
  return loops.reduce<Map<number, number>[]>(
    (all, loop) => all.flatMap((at) => range(loop).map((position) => new Map(at).set(loop.id, position))),
    [new Map()],
  );
}

const range = ({ from, to }: Loop): number[] => Array.from({ length: to - from }, (_, i) => from + i);

/** Slots that a statement without loops writes. */
export function writtenSlots(statement: Statement): number[] {
  switch (statement.kind) {
    case "assign":
    case "reduce":
      return [statement.target.base];
    case "allocate":
      return combinations([statement.over]).map((at) => placeAt(statement.target, at)!.base);
    case "copy":
    case "keep-past":
      return slots(statement.to, statement.size);
    case "fill-past":
      return slots(statement.to, statement.size * statement.copies);
    case "keep-maximum":
      return [statement.target];
    case "repeat":
      throw new InternalError("what is repeated is not taken apart by element");
    case "fused":
    case "set":
    case "fold":
      throw new InternalError("loops are fused after causal order is found");
  }
}

/** Slots that a statement without loops may read; of a choice whose condition is constant only those of the chosen side. */
export function readSlots(statement: Statement): Set<number> {
  const found = new Set<number>();
  switch (statement.kind) {
    case "assign":
    case "keep-maximum":
      collect(statement.value, found);
      break;
    case "reduce":
      for (const at of combinations([statement.over])) collect(substitute(statement.value, at), found);
      break;
    case "allocate":
      collect(statement.amount, found);
      for (const at of combinations([statement.over])) {
        collect(substitute(statement.weight, at), found);
        collect(substitute(statement.cap, at), found);
      }
      break;
    case "copy":
    case "keep-past":
    case "fill-past":
      for (const slot of slots(statement.from, statement.size)) found.add(slot);
      break;
  }
  return found;
}

const slots = (from: number, count: number): number[] => Array.from({ length: count }, (_, i) => from + i);

function collect(e: IrExpression, found: Set<number>): void {
  switch (e.kind) {
    case "load":
      found.add(e.place.base);
      break;
    case "load-past":
      for (let copy = 0; copy < e.copies; copy++) found.add(e.place.base + copy * e.stride);
      collect(e.lag, found);
      break;
    case "unary":
      collect(e.operand, found);
      break;
    case "power-integer":
      collect(e.base, found);
      break;
    case "binary":
      collect(e.left, found);
      collect(e.right, found);
      break;
    case "select":
      collect(e.condition, found);
      collect(e.ifTrue, found);
      collect(e.ifFalse, found);
      break;
    case "lookup":
      collect(e.x, found);
      break;
    case "constant":
    case "time":
    case "local":
    case "loop-value":
      break;
  }
}
