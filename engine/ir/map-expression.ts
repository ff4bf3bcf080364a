/** New expressions and statements from old ones, by a function of each expression. */
import { assertNever } from "../diagnostics/diagnostic.ts";
import type { Definition, IrExpression, Program, Statement } from "./program.ts";

/** The expression with its direct parts replaced; the same object where nothing changes. */
export function mapParts(e: IrExpression, map: (part: IrExpression) => IrExpression): IrExpression {
  switch (e.kind) {
    case "constant":
    case "load":
    case "local":
    case "loop-value":
    case "time":
      return e;
    case "load-past": {
      const lag = map(e.lag);
      return lag === e.lag ? e : { ...e, lag };
    }
    case "unary": {
      const operand = map(e.operand);
      return operand === e.operand ? e : { ...e, operand };
    }
    case "power-integer": {
      const base = map(e.base);
      return base === e.base ? e : { ...e, base };
    }
    case "binary": {
      const [left, right] = [map(e.left), map(e.right)];
      return left === e.left && right === e.right ? e : { ...e, left, right };
    }
    case "select": {
      const [condition, ifTrue, ifFalse] = [map(e.condition), map(e.ifTrue), map(e.ifFalse)];
      const same = condition === e.condition && ifTrue === e.ifTrue && ifFalse === e.ifFalse;
      return same ? e : { ...e, condition, ifTrue, ifFalse };
    }
    case "lookup": {
      const x = map(e.x);
      return x === e.x ? e : { ...e, x };
    }
    default:
      return assertNever(e);
  }
}

/** The statement with its expressions replaced. */
export function mapStatement(s: Statement, map: (e: IrExpression) => IrExpression): Statement {
  switch (s.kind) {
    case "assign":
    case "reduce":
    case "keep-maximum":
    case "set":
    case "fold":
      return { ...s, value: map(s.value) };
    case "fused":
      return { ...s, body: s.body.map((d) => mapDefinition(d, (inner) => mapStatement(inner, map))) };
    case "repeat":
      return { ...s, body: s.body.map((inner) => mapStatement(inner, map)) };
    case "allocate":
      return { ...s, amount: map(s.amount), weight: map(s.weight), cap: map(s.cap) };
    case "copy":
    case "keep-past":
    case "fill-past":
      return s;
    default:
      return assertNever(s);
  }
}

/** The definition with its statements replaced. */
export function mapDefinition(d: Definition, map: (s: Statement) => Statement): Definition {
  return { ...d, statements: d.statements.map(map) };
}

/** The program with each definition of its steps (those ahead of them too) replaced, or left out where `map` gives null; in the stages too. */
export function mapSteps(program: Program, map: (d: Definition) => Definition | null): Program {
  const mapped = new Map([...program.ahead, ...program.step].map((d) => [d, map(d)]));
  const block = (definitions: readonly Definition[]) =>
    definitions.map((d) => mapped.get(d)!).filter((d) => d !== null);
  const step = block(program.step);
  const stage = program.stage === program.step ? step : block(program.stage);
  return { ...program, ahead: block(program.ahead), step, stage };
}

/** The program with every statement replaced, block by block. What blocks have in common they have in common afterwards. */
export function mapStatements(program: Program, map: (s: Statement) => Statement): Program {
  const known = new Map<readonly Statement[], readonly Statement[]>();
  const definition = (d: Definition): Definition => {
    const statements = known.get(d.statements) ?? d.statements.map(map);
    known.set(d.statements, statements);
    return { ...d, statements };
  };
  return {
    ...mapSteps(program, definition),
    correlate: program.correlate.map(map),
    constants: program.constants.map(definition),
    initial: program.initial.map(definition),
    past: program.past.map(map),
    noise: program.noise.map((n) => ({ ...n, update: n.update.map(map) })),
    events: program.events.map((e) => ({ ...e, definitions: e.definitions.map(definition) })),
    identities: program.identities.map((i) => ({ ...i, statements: i.statements.map(map) })),
  };
}
