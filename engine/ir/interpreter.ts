/**
 * Executes statements of a {@link Program}, plainly: the oracle that every faster form must match bit for bit.
 *
 * It works on several runs at once, its lanes: slot s of lane l is `memory[s · lanes + l]`. A lane never looks at another,
 * so the number of lanes changes no bit.
 */
import { assertNever } from "../diagnostics/diagnostic.ts";
import type { BinaryOp, ReduceOp, UnaryOp } from "../model/term.ts";
import { exp, ln, powerInteger } from "../numerics/index.ts";
import { allocateShares } from "./allocate.ts";
import { binary, lookup, maximum, minimum, unary } from "./arithmetic.ts";
import type { Definition, IrExpression, Loop, Place, Program, Statement } from "./program.ts";
import { loopsOf } from "./slot-interval.ts";
import { statementsOf } from "./visit.ts";

const NEUTRAL = {
  sum: 0,
  product: 1,
  minimum: Number.POSITIVE_INFINITY,
  maximum: Number.NEGATIVE_INFINITY,
} as const;

export class Interpreter {
  readonly lanes: number;
  /** [slot, lane] */
  readonly memory: Float64Array;
  readonly #program: Program;
  /** Position of each loop that is running, by id. */
  readonly #positions: Int32Array;
  /** Values that fused loops keep, by number. */
  readonly #locals: Float64Array[] = [];
  /** Scratch values, one row of lanes for each depth of an expression. */
  readonly #rows: Float64Array[] = [];
  time = 0;
  step = 0;

  constructor(program: Program, lanes: number) {
    this.#program = program;
    this.lanes = lanes;
    this.memory = new Float64Array(program.slotCount * lanes);
    let loops = 0;
    for (const s of statementsOf(program)) for (const l of loopsOf(s)) loops = Math.max(loops, l.id + 1);
    this.#positions = new Int32Array(loops);
  }

  /** Runs definitions in their order. */
  run(definitions: readonly Definition[]): void {
    for (const definition of definitions) for (const statement of definition.statements) this.execute(statement);
  }

  execute(statement: Statement): void {
    switch (statement.kind) {
      case "assign":
        return this.#loop(statement.loops, 0, () => {
          const row = this.#evaluate(statement.value, 0);
          this.#store(this.#address(statement.target), row);
        });
      case "reduce":
        return this.#loop(statement.loops, 0, () => this.#reduce(statement));
      case "allocate":
        return this.#loop(statement.loops, 0, () => this.#allocate(statement));
      case "copy":
        return this.#copy(statement.from, statement.to, statement.size);
      case "keep-past":
        return this.#copy(
          statement.from,
          statement.to + (this.step % statement.copies) * statement.size,
          statement.size,
        );
      case "fill-past":
        for (let i = 0; i < statement.copies; i++)
          this.#copy(statement.from, statement.to + i * statement.size, statement.size);
        return;
      case "keep-maximum":
        return this.#loop(statement.loops, 0, () => {
          const row = this.#evaluate(statement.value, 0);
          const at = statement.target * this.lanes;
          for (let l = 0; l < this.lanes; l++) if (row[l]! > this.memory[at + l]!) this.memory[at + l] = row[l]!;
        });
      case "fused":
        return this.#fused(statement);
      case "set":
        this.#local(statement.id).set(this.#evaluate(statement.value, 0));
        return;
      case "fold":
        return this.#fold(statement.op, this.#local(statement.total), this.#evaluate(statement.value, 0));
      default:
        return assertNever(statement);
    }
  }

  #fused({ loop, totals, body }: Extract<Statement, { kind: "fused" }>): void {
    for (const { id, op } of totals) this.#local(id).fill(NEUTRAL[op]);
    for (let position = loop.from; position < loop.to; position++) {
      this.#positions[loop.id] = position;
      this.run(body);
    }
    for (const { id, target } of totals) if (target) this.#store(this.#address(target), this.#local(id));
  }

  #local(id: number): Float64Array {
    let row = this.#locals[id];
    if (!row) {
      row = new Float64Array(this.lanes);
      this.#locals[id] = row;
    }
    return row;
  }

  /** Runs `body` for every combination of the loops' positions, the last loop innermost. */
  #loop(loops: readonly Loop[], depth: number, body: () => void): void {
    const loop = loops[depth];
    if (!loop) return body();
    for (let position = loop.from; position < loop.to; position++) {
      this.#positions[loop.id] = position;
      this.#loop(loops, depth + 1, body);
    }
  }

  #copy(from: number, to: number, size: number): void {
    this.memory.copyWithin(to * this.lanes, from * this.lanes, (from + size) * this.lanes);
  }

  /** The slot of a place under the running loops, or -1 where a guard fails. */
  #slot(place: Place): number {
    const { terms, guards } = place;
    let slot = place.base;
    for (let i = 0; i < terms.length; i++) slot += this.#positions[terms[i]!.loop]! * terms[i]!.stride;
    for (let i = 0; i < guards.length; i++) {
      const position = this.#positions[guards[i]!.loop]! + guards[i]!.offset;
      if (position < 0 || position >= guards[i]!.size) return -1;
    }
    return slot;
  }

  #address(place: Place): number {
    return this.#slot(place) * this.lanes;
  }

  #store(at: number, row: Float64Array): void {
    for (let l = 0; l < this.lanes; l++) this.memory[at + l] = row[l]!;
  }

  #reduce(statement: Extract<Statement, { kind: "reduce" }>): void {
    const { op, over } = statement;
    const at = this.#address(statement.target);
    const total = this.#row(0).fill(NEUTRAL[op]);
    for (let position = over.from; position < over.to; position++) {
      this.#positions[over.id] = position;
      this.#fold(op, total, this.#evaluate(statement.value, 1));
    }
    this.#store(at, total);
  }

  #fold(op: ReduceOp, total: Float64Array, row: Float64Array): void {
    const { lanes } = this;
    if (op === "sum") for (let l = 0; l < lanes; l++) total[l] = total[l]! + row[l]!;
    else if (op === "product") for (let l = 0; l < lanes; l++) total[l] = total[l]! * row[l]!;
    else if (op === "minimum") for (let l = 0; l < lanes; l++) total[l] = minimum(total[l]!, row[l]!);
    else for (let l = 0; l < lanes; l++) total[l] = maximum(total[l]!, row[l]!);
  }

  #allocate(statement: Extract<Statement, { kind: "allocate" }>): void {
    const { over } = statement;
    const size = over.to - over.from;
    const amount = this.#evaluate(statement.amount, 0).slice();
    const [weights, caps] = [new Float64Array(size * this.lanes), new Float64Array(size * this.lanes)];
    for (let i = 0; i < size; i++) {
      this.#positions[over.id] = over.from + i;
      weights.set(this.#evaluate(statement.weight, 0), i * this.lanes);
      caps.set(this.#evaluate(statement.cap, 0), i * this.lanes);
    }
    for (let l = 0; l < this.lanes; l++) {
      const pick = (from: Float64Array) => Array.from({ length: size }, (_, i) => from[i * this.lanes + l]!);
      const shares = allocateShares(amount[l]!, pick(weights), pick(caps));
      for (let i = 0; i < size; i++) {
        this.#positions[over.id] = over.from + i;
        this.memory[this.#address(statement.target) + l] = shares[i]!;
      }
    }
  }

  #row(depth: number): Float64Array {
    let row = this.#rows[depth];
    if (!row) {
      row = new Float64Array(this.lanes);
      this.#rows[depth] = row;
    }
    return row;
  }

  /** The value of an expression in every lane; rows above `depth` are free for its parts. */
  #evaluate(e: IrExpression, depth: number): Float64Array {
    const out = this.#row(depth);
    const { lanes } = this;
    switch (e.kind) {
      case "constant":
        return out.fill(e.value);
      case "time":
        return out.fill(this.time);
      case "loop-value":
        return out.fill(this.#positions[e.loop]! + e.offset);
      case "load":
        return this.#load(this.#slot(e.place), out);
      case "local":
        out.set(this.#local(e.id));
        return out;
      case "load-past": {
        const row = this.#evaluate(e.lag, depth);
        const slot = this.#slot(e.place);
        for (let l = 0; l < lanes; l++) row[l] = slot < 0 ? 0 : this.#past(e, slot, row[l]!, l);
        return row;
      }
      case "unary":
        return this.#unary(e.op, this.#evaluate(e.operand, depth));
      case "power-integer": {
        const row = this.#evaluate(e.base, depth);
        for (let l = 0; l < lanes; l++) row[l] = powerInteger(row[l]!, e.exponent);
        return row;
      }
      case "binary": {
        const left = this.#evaluate(e.left, depth);
        return this.#binary(e.op, left, this.#evaluate(e.right, depth + 1));
      }
      case "select": {
        const condition = this.#evaluate(e.condition, depth);
        const ifTrue = this.#evaluate(e.ifTrue, depth + 1);
        const ifFalse = this.#evaluate(e.ifFalse, depth + 2);
        for (let l = 0; l < lanes; l++) condition[l] = condition[l] !== 0 ? ifTrue[l]! : ifFalse[l]!;
        return condition;
      }
      case "lookup": {
        const row = this.#evaluate(e.x, depth);
        const table = this.#program.tables[this.#slot(e.table)]!;
        for (let l = 0; l < lanes; l++) row[l] = lookup(table, row[l]!);
        return row;
      }
      default:
        return assertNever(e);
    }
  }

  #load(slot: number, out: Float64Array): Float64Array {
    if (slot < 0) return out.fill(0);
    const at = slot * this.lanes;
    for (let l = 0; l < this.lanes; l++) out[l] = this.memory[at + l]!;
    return out;
  }

  #past(e: Extract<IrExpression, { kind: "load-past" }>, slot: number, lag: number, lane: number): number {
    if (Number.isNaN(lag)) return lag;
    const copy = (this.step + e.copies - lag) % e.copies;
    return this.memory[(slot + copy * e.stride) * this.lanes + lane]!;
  }

  /** Frequent operations have loops of their own; they are `unary` of arithmetic.ts written in place. */
  #unary(op: UnaryOp, row: Float64Array): Float64Array {
    const { lanes } = this;
    if (op === "negate") for (let l = 0; l < lanes; l++) row[l] = -row[l]!;
    else if (op === "exp") for (let l = 0; l < lanes; l++) row[l] = exp(row[l]!);
    else if (op === "ln") for (let l = 0; l < lanes; l++) row[l] = ln(row[l]!);
    else for (let l = 0; l < lanes; l++) row[l] = unary(op, row[l]!);
    return row;
  }

  /** Frequent operations have loops of their own; they are `binary` of arithmetic.ts written in place. */
  #binary(op: BinaryOp, a: Float64Array, b: Float64Array): Float64Array {
    const { lanes } = this;
    if (op === "add") for (let l = 0; l < lanes; l++) a[l] = a[l]! + b[l]!;
    else if (op === "subtract") for (let l = 0; l < lanes; l++) a[l] = a[l]! - b[l]!;
    else if (op === "multiply") for (let l = 0; l < lanes; l++) a[l] = a[l]! * b[l]!;
    else if (op === "divide") for (let l = 0; l < lanes; l++) a[l] = a[l]! / b[l]!;
    else for (let l = 0; l < lanes; l++) a[l] = binary(op, a[l]!, b[l]!);
    return a;
  }
}
