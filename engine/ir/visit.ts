/** Walks over the statements of a program and over the expressions in them. */
import { assertNever } from "../diagnostics/diagnostic.ts";
import type { IrExpression, Place, Program, Statement } from "./program.ts";

/** All statements of a program, block by block in the order in which a run comes to them. */
export function* statementsOf(program: Program): Iterable<Statement> {
  for (const d of program.constants) yield* d.statements;
  for (const d of program.initial) yield* d.statements;
  for (const d of program.ahead) yield* d.statements;
  for (const d of program.step) yield* d.statements;
  for (const i of program.identities) yield* i.statements;
  yield* program.past;
  yield* program.correlate;
  for (const n of program.noise) yield* n.update;
  for (const e of program.events) for (const d of e.definitions) yield* d.statements;
}

/** The direct parts of an expression. */
export function partsOf(e: IrExpression): readonly IrExpression[] {
  switch (e.kind) {
    case "constant":
    case "load":
    case "local":
    case "loop-value":
    case "time":
      return [];
    case "load-past":
      return [e.lag];
    case "unary":
      return [e.operand];
    case "power-integer":
      return [e.base];
    case "binary":
      return [e.left, e.right];
    case "select":
      return [e.condition, e.ifTrue, e.ifFalse];
    case "lookup":
      return [e.x];
    default:
      return assertNever(e);
  }
}

/** The expressions that a statement evaluates. */
export function expressionsOf(s: Statement): readonly IrExpression[] {
  switch (s.kind) {
    case "assign":
    case "reduce":
    case "keep-maximum":
    case "set":
    case "fold":
      return [s.value];
    case "fused":
      return s.body.flatMap((d) => d.statements.flatMap(expressionsOf));
    case "repeat":
      return s.body.flatMap(expressionsOf);
    case "allocate":
      return [s.amount, s.weight, s.cap];
    case "copy":
    case "keep-past":
    case "fill-past":
      return [];
    default:
      return assertNever(s);
  }
}

/** Calls `visit` for every expression of a statement, parts before what they are parts of. */
export function visitStatement(statement: Statement, visit: (e: IrExpression) => void): void {
  const walk = (e: IrExpression): void => {
    for (const part of partsOf(e)) walk(part);
    visit(e);
  };
  for (const e of expressionsOf(statement)) walk(e);
}

/** Loops that an expression's value may depend on. */
export function usedLoops(e: IrExpression): Set<number> {
  const used = new Set<number>();
  const place = (p: Place) => {
    for (const t of p.terms) used.add(t.loop);
    for (const g of p.guards) used.add(g.loop);
  };
  const walk = (part: IrExpression): void => {
    if (part.kind === "load" || part.kind === "load-past") place(part.place);
    if (part.kind === "lookup") place(part.table);
    if (part.kind === "loop-value") used.add(part.loop);
    for (const p of partsOf(part)) walk(p);
  };
  walk(e);
  return used;
}
