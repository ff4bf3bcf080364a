/**
 * Expressions as functions: the part of the interpreter that knows operations. Each operation is a function that asks its operands
 * where their values are, a row of one for each lane, and answers with the place of its own. A value that is in memory already
 * is not copied, and where it is follows from few numbers, without a call.
 */
import { assertNever, InternalError } from "../diagnostics/diagnostic.ts";
import { exp, ln, powerInteger } from "../numerics/index.ts";
import { binary, lookup, maximum, minimum, unary } from "./arithmetic.ts";
import type { IrBinaryOp, IrExpression, IrUnaryOp, Place, Program, Statement } from "./program.ts";
import { expressionsOf, partsOf, statementsOf, visitStatement } from "./visit.ts";

/** Evaluates, and answers with the position in `values` at which the first lane's value is. */
type Evaluation = () => number;

/** A value of an expression: it is computed, or it lies at `base + positions[a] · x + positions[b] · y + positions[c] · z`. */
export class Operand {
  readonly #positions: Int32Array;
  readonly #base: number;
  readonly #a: number;
  readonly #x: number;
  readonly #b: number;
  readonly #y: number;
  readonly #c: number;
  readonly #z: number;
  readonly #evaluate: Evaluation | null;

  private constructor(
    positions: Int32Array,
    base: number,
    terms: Place["terms"],
    lanes: number,
    evaluate: Evaluation | null,
  ) {
    this.#positions = positions;
    this.#base = base;
    this.#a = terms[0]?.loop ?? 0;
    this.#x = (terms[0]?.stride ?? 0) * lanes;
    this.#b = terms[1]?.loop ?? 0;
    this.#y = (terms[1]?.stride ?? 0) * lanes;
    this.#c = terms[2]?.loop ?? 0;
    this.#z = (terms[2]?.stride ?? 0) * lanes;
    this.#evaluate = evaluate;
  }

  static computed(evaluate: Evaluation): Operand {
    return new Operand(NO_LOOP, 0, [], 1, evaluate);
  }

  static fixed(at: number): Operand {
    return new Operand(NO_LOOP, at, [], 1, null);
  }

  /** A place without guards, and with three loops at most. */
  static inMemory(positions: Int32Array, { base, terms }: Place, lanes: number): Operand {
    return new Operand(positions.length > 0 ? positions : NO_LOOP, base * lanes, terms, lanes, null);
  }

  /** Position of the first lane's value. */
  at(): number {
    if (this.#evaluate !== null) return this.#evaluate();
    const positions = this.#positions;
    return this.#base + positions[this.#a]! * this.#x + positions[this.#b]! * this.#y + positions[this.#c]! * this.#z;
  }
}

const NO_LOOP = new Int32Array(1);

/** What expressions read. */
export interface Machine {
  readonly lanes: number;
  readonly tables: Program["tables"];
  /** Position of each loop that is running, by id. */
  readonly positions: Int32Array;
  readonly time: number;
  readonly step: number;
}

/**
 * The slot of a place under the running loops times `scale`, or a negative number where a guard fails.
 * @param scale 1, or the number of lanes for the position of a row
 */
export function slotOf(positions: Int32Array, { base, terms, guards }: Place, scale = 1): () => number {
  const first = base * scale;
  const loops = terms.map((t) => t.loop);
  const strides = terms.map((t) => t.stride * scale);
  return () => {
    for (let i = 0; i < guards.length; i++) {
      const { loop, offset, size } = guards[i]!;
      const position = positions[loop]! + offset;
      if (position < 0 || position >= size) return -1;
    }
    let slot = first;
    for (let i = 0; i < loops.length; i++) slot += positions[loops[i]!]! * strides[i]!;
    return slot;
  };
}

/** A value that is stored. */
export function placeOf(positions: Int32Array, place: Place, lanes: number): Operand {
  if (place.guards.length === 0 && place.terms.length <= 3) return Operand.inMemory(positions, place, lanes);
  return Operand.computed(slotOf(positions, place, lanes));
}

/** Rows that an expression needs for itself and its parts. */
function rowsOf(e: IrExpression): number {
  return partsOf(e).reduce((most, part, i) => Math.max(most, i + rowsOf(part)), 1);
}

/** What the expressions of a program need beside its memory. */
interface Scratch {
  /** Rows that expressions need at most. */
  rows: number;
  /** Values that fused loops keep. */
  locals: number;
  readonly constants: Map<string, number>;
}

function scratchOf(program: Program): Scratch {
  const scratch: Scratch = { rows: 1, locals: 0, constants: new Map() };
  const visit = (statements: Iterable<Statement>): void => {
    for (const s of statements) {
      // A reduction has its total below the value.
      for (const e of expressionsOf(s)) scratch.rows = Math.max(scratch.rows, 1 + rowsOf(e));
      visitStatement(s, (e) => {
        if (e.kind === "constant") scratch.constants.set(constantKey(e.value), e.value);
      });
      if (s.kind === "set") scratch.locals = Math.max(scratch.locals, s.id + 1);
      if (s.kind !== "fused") continue;
      for (const { id } of s.totals) scratch.locals = Math.max(scratch.locals, id + 1);
      for (const { statements: inside } of s.body) visit(inside);
    }
  };
  visit(statementsOf(program));
  for (const { statements } of program.stage) visit(statements);
  return scratch;
}

/** Tells zeros of either sign apart. */
const constantKey = (value: number): string => (Object.is(value, -0) ? "-0" : String(value));

export class RowExpressions {
  /** The memory of the machine, [slot, lane], then a row of zeros, rows of constants, of what fused loops keep, and scratch rows. */
  readonly values: Float64Array;
  readonly #machine: Machine;
  readonly #zeros: number;
  /** Where the row of each constant begins. */
  readonly #constants = new Map<string, number>();
  readonly #locals: number;
  readonly #rows: number;

  /** @param memory Numbers in the memory of the machine. */
  constructor(machine: Machine, program: Program, memory: number) {
    const { lanes } = machine;
    const { rows, locals, constants } = scratchOf(program);
    this.#machine = machine;
    this.#zeros = memory;
    this.#locals = memory + (1 + constants.size) * lanes;
    this.#rows = this.#locals + locals * lanes;
    this.values = new Float64Array(this.#rows + rows * lanes);
    let at = memory;
    for (const [key, value] of constants) {
      at += lanes;
      this.values.fill(value, at, at + lanes);
      this.#constants.set(key, at);
    }
  }

  /** Where the row of a value that fused loops keep begins. */
  local(id: number): number {
    return this.#inside(this.#locals + id * this.#machine.lanes, this.#rows);
  }

  /** Where the scratch row of a depth begins. */
  row(depth: number): number {
    return this.#inside(this.#rows + depth * this.#machine.lanes, this.values.length);
  }

  #inside(at: number, end: number): number {
    if (at + this.#machine.lanes > end)
      throw new InternalError("a statement is not of the program that the machine was made for");
    return at;
  }

  /** @param depth Number of the scratch row for the value, if it needs one; those above it are free for its parts. */
  prepare(e: IrExpression, depth: number): Operand {
    switch (e.kind) {
      case "constant":
        return Operand.fixed(this.#constant(e.value));
      case "load":
        return this.#loading(e.place);
      case "local":
        return Operand.fixed(this.local(e.id));
      default:
        return Operand.computed(this.#computing(e, depth));
    }
  }

  #constant(value: number): number {
    return this.#constants.get(constantKey(value)) ?? this.#inside(this.values.length, 0);
  }

  #computing(e: Exclude<IrExpression, { kind: "constant" | "load" | "local" }>, depth: number): Evaluation {
    const machine = this.#machine;
    const { values } = this;
    const { lanes, positions } = machine;
    const out = this.row(depth);
    switch (e.kind) {
      case "time":
        return () => {
          for (let l = 0; l < lanes; l++) values[out + l] = machine.time;
          return out;
        };
      case "loop-value": {
        const { loop, offset } = e;
        return () => {
          for (let l = 0; l < lanes; l++) values[out + l] = positions[loop]! + offset;
          return out;
        };
      }
      case "load-past":
        return this.#loadingPast(e, depth);
      case "unary":
        return unaryOn(e.op, this.prepare(e.operand, depth), out, values, lanes);
      case "power-integer": {
        const base = this.prepare(e.base, depth);
        const { exponent } = e;
        return () => {
          const at = base.at();
          for (let l = 0; l < lanes; l++) values[out + l] = powerInteger(values[at + l]!, exponent);
          return out;
        };
      }
      case "binary": {
        const left = this.prepare(e.left, depth);
        const right = this.prepare(e.right, depth + 1);
        return binaryOn(e.op, left, right, out, values, lanes);
      }
      case "select": {
        const condition = this.prepare(e.condition, depth);
        const ifTrue = this.prepare(e.ifTrue, depth + 1);
        const ifFalse = this.prepare(e.ifFalse, depth + 2);
        return () => {
          const [c, a, b] = [condition.at(), ifTrue.at(), ifFalse.at()];
          for (let l = 0; l < lanes; l++) values[out + l] = values[c + l] !== 0 ? values[a + l]! : values[b + l]!;
          return out;
        };
      }
      case "lookup": {
        const x = this.prepare(e.x, depth);
        const number = slotOf(positions, e.table);
        return () => {
          const at = x.at();
          const table = machine.tables[number()]!;
          for (let l = 0; l < lanes; l++) values[out + l] = lookup(table, values[at + l]!);
          return out;
        };
      }
      default:
        return assertNever(e);
    }
  }

  #loading(place: Place): Operand {
    const { lanes, positions } = this.#machine;
    const found = placeOf(positions, place, lanes);
    if (place.guards.length === 0) return found;
    const zeros = this.#zeros;
    return Operand.computed(() => {
      const at = found.at();
      return at < 0 ? zeros : at;
    });
  }

  #loadingPast(
    { lag, place, copies, stride }: Extract<IrExpression, { kind: "load-past" }>,
    depth: number,
  ): Evaluation {
    const machine = this.#machine;
    const { values } = this;
    const { lanes, positions } = machine;
    const out = this.row(depth);
    const lags = this.prepare(lag, depth);
    const slot = slotOf(positions, place);
    return () => {
      const at = lags.at();
      const from = slot();
      for (let l = 0; l < lanes; l++) {
        const steps = values[at + l]!;
        if (from < 0) values[out + l] = 0;
        else if (Number.isNaN(steps)) values[out + l] = steps;
        else values[out + l] = values[(from + ((machine.step + copies - steps) % copies) * stride) * lanes + l]!;
      }
      return out;
    };
  }
}

/** Frequent operations have loops of their own; they are `unary` of arithmetic.ts written in place. */
function unaryOn(op: IrUnaryOp, operand: Operand, out: number, values: Float64Array, lanes: number): Evaluation {
  switch (op) {
    case "negate":
      return () => {
        const x = operand.at();
        for (let l = 0; l < lanes; l++) values[out + l] = -values[x + l]!;
        return out;
      };
    case "exp":
      return () => {
        const x = operand.at();
        for (let l = 0; l < lanes; l++) values[out + l] = exp(values[x + l]!);
        return out;
      };
    case "ln":
      return () => {
        const x = operand.at();
        for (let l = 0; l < lanes; l++) values[out + l] = ln(values[x + l]!);
        return out;
      };
    default:
      return () => {
        const x = operand.at();
        for (let l = 0; l < lanes; l++) values[out + l] = unary(op, values[x + l]!);
        return out;
      };
  }
}

/** Frequent operations have loops of their own; they are `binary` of arithmetic.ts written in place. */
function binaryOn(
  op: IrBinaryOp,
  left: Operand,
  right: Operand,
  out: number,
  values: Float64Array,
  lanes: number,
): Evaluation {
  switch (op) {
    case "add":
      return () => {
        const a = left.at();
        const b = right.at();
        for (let l = 0; l < lanes; l++) values[out + l] = values[a + l]! + values[b + l]!;
        return out;
      };
    case "subtract":
      return () => {
        const a = left.at();
        const b = right.at();
        for (let l = 0; l < lanes; l++) values[out + l] = values[a + l]! - values[b + l]!;
        return out;
      };
    case "multiply":
      return () => {
        const a = left.at();
        const b = right.at();
        for (let l = 0; l < lanes; l++) values[out + l] = values[a + l]! * values[b + l]!;
        return out;
      };
    case "divide":
      return () => {
        const a = left.at();
        const b = right.at();
        for (let l = 0; l < lanes; l++) values[out + l] = values[a + l]! / values[b + l]!;
        return out;
      };
    case "min":
      return () => {
        const a = left.at();
        const b = right.at();
        for (let l = 0; l < lanes; l++) values[out + l] = minimum(values[a + l]!, values[b + l]!);
        return out;
      };
    case "max":
      return () => {
        const a = left.at();
        const b = right.at();
        for (let l = 0; l < lanes; l++) values[out + l] = maximum(values[a + l]!, values[b + l]!);
        return out;
      };
    default:
      return () => {
        const a = left.at();
        const b = right.at();
        for (let l = 0; l < lanes; l++) values[out + l] = binary(op, values[a + l]!, values[b + l]!);
        return out;
      };
  }
}
