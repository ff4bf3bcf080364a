/**
 * Expressions as functions: the part of the interpreter that knows what an expression reads. Each operation is a function that asks its
 * operands where their values are, and answers with the place of its own. A value that is in memory already is not copied, and where it
 * is follows from few numbers, without a call.
 *
 * A value is a row: one number for each lane, at each of some neighbouring positions of one loop, the row's. What does not depend on that
 * loop is computed for one position; outside of such a loop everything is.
 */
import { assertNever, InternalError } from "../diagnostics/diagnostic.ts";
import { lookup } from "./arithmetic.ts";
import { dependsOn, type Evaluation, guardsHold, Operand, placeOf, slotOf } from "./operand.ts";
import type { IrExpression, Loop, Place, Program, Statement } from "./program.ts";
import { binaryOn, powerIntegerOn, type RowTarget, selectOn, unaryOn, type Width } from "./row-operations.ts";
import { expressionsOf, partsOf, statementsOf } from "./visit.ts";

/** Numbers that a row has at most: as many as stay in the nearest cache, for an expression of many rows. */
const ROW_NUMBERS = 256;

/** The width of what does not depend on the row's loop. */
const ONE: Width = { count: 1 };

/** What expressions read. */
export interface Machine {
  readonly lanes: number;
  readonly tables: Program["tables"];
  /** Position of each loop that is running, by id. */
  readonly positions: Int32Array;
  readonly time: number;
  readonly step: number;
}

/** What the expressions of a program need beside its memory. */
class Scratch {
  /** Rows that an expression needs at most, with those of its parts; a reduction has its total below them. */
  rows = 1;
  /** Values that fused loops keep. */
  locals = 0;
  readonly constants = new Map<ConstantKey, number>();

  constructor(program: Program) {
    for (const s of statementsOf(program)) this.#statement(s);
    if (program.stage === program.step) return;
    for (const { statements } of program.stage) for (const s of statements) this.#statement(s);
  }

  #statement(s: Statement): void {
    if (s.kind === "fused") {
      for (const { id } of s.totals) this.locals = Math.max(this.locals, id + 1);
      for (const { statements } of s.body) for (const inside of statements) this.#statement(inside);
      return;
    }
    if (s.kind === "set") this.locals = Math.max(this.locals, s.id + 1);
    for (const e of expressionsOf(s)) this.rows = Math.max(this.rows, 1 + this.#rowsOf(e));
  }

  #rowsOf(e: IrExpression): number {
    switch (e.kind) {
      case "constant":
        this.constants.set(constantKey(e.value), e.value);
        return 1;
      case "load":
      case "local":
      case "loop-value":
      case "time":
        return 1;
      default:
        return partsOf(e).reduce((most, part, i) => Math.max(most, i + this.#rowsOf(part)), 1);
    }
  }
}

/** Tells zeros of either sign apart. */
type ConstantKey = number | "-0";
const constantKey = (value: number): ConstantKey => (Object.is(value, -0) ? "-0" : value);

export class RowExpressions {
  /** The memory of the machine, [slot, lane], then numbers for each lane: constants, what fused loops keep, single scratch values; then scratch rows. */
  readonly values: Float64Array;
  /** Positions that a row has at most. */
  readonly maxCount: number;
  /** Of the rows that are computed next. */
  readonly width: Width = { count: 1 };
  readonly #machine: Machine;
  /** Where the numbers of each constant begin. */
  readonly #constants = new Map<ConstantKey, number>();
  readonly #locals: number;
  readonly #singles: number;
  readonly #rows: number;

  /** @param memory Numbers in the memory of the machine. */
  constructor(machine: Machine, program: Program, memory: number) {
    const { lanes } = machine;
    const { rows, locals, constants } = new Scratch(program);
    this.#machine = machine;
    this.maxCount = Math.max(1, Math.floor(ROW_NUMBERS / lanes));
    this.#locals = memory + constants.size * lanes;
    this.#singles = this.#locals + locals * lanes;
    this.#rows = this.#singles + rows * lanes;
    this.values = new Float64Array(this.#rows + rows * this.maxCount * lanes);
    let at = memory;
    for (const [key, value] of constants) {
      this.values.fill(value, at, at + lanes);
      this.#constants.set(key, at);
      at += lanes;
    }
  }

  /** Where a value that fused loops keep begins. */
  local(id: number): number {
    return this.#inside(this.#locals + id * this.#machine.lanes, this.#singles);
  }

  /** Scratch of a depth, for a row or for one position. The two do not share numbers, since rows are computed from single values. */
  scratch(depth: number, isRow: boolean): RowTarget {
    const { values, width } = this;
    const { lanes } = this.#machine;
    if (!isRow) return { values, out: this.#inside(this.#singles + depth * lanes, this.#rows), lanes, width: ONE };
    return { values, out: this.#inside(this.#rows + depth * this.maxCount * lanes, values.length), lanes, width };
  }

  #inside(at: number, end: number): number {
    if (at + this.#machine.lanes > end)
      throw new InternalError("a statement is not of the program that the machine was made for");
    return at;
  }

  /**
   * @param depth number of the scratch for the value, if it needs any; that below it is free for its parts
   * @param row the loop along which rows are computed, from the position on which it stands; null for one position
   */
  prepare(e: IrExpression, depth: number, row: Loop | null): Operand {
    switch (e.kind) {
      case "constant":
        return Operand.fixed(this.#constant(e.value));
      case "load":
        return this.#loading(e.place, depth, row);
      case "local":
        return Operand.fixed(this.local(e.id));
      case "time":
        return this.#single(() => this.#machine.time, depth);
      case "loop-value":
        return this.#loopValue(e.loop, e.offset, depth, row);
      case "load-past":
        return this.#loadingPast(e, depth, row);
      case "lookup":
        return this.#lookingUp(e, depth, row);
      case "unary": {
        const operand = this.prepare(e.operand, depth, row);
        return this.#computed([operand], depth, (target) => unaryOn(e.op, operand, target));
      }
      case "power-integer": {
        const base = this.prepare(e.base, depth, row);
        return this.#computed([base], depth, (target) => powerIntegerOn(base, e.exponent, target));
      }
      case "binary": {
        const left = this.prepare(e.left, depth, row);
        const right = this.prepare(e.right, depth + 1, row);
        return this.#computed([left, right], depth, (target) => binaryOn(e.op, left, right, target));
      }
      case "select": {
        const condition = this.prepare(e.condition, depth, row);
        const ifTrue = this.prepare(e.ifTrue, depth + 1, row);
        const ifFalse = this.prepare(e.ifFalse, depth + 2, row);
        const operands = [condition, ifTrue, ifFalse];
        return this.#computed(operands, depth, (target) => selectOn(condition, ifTrue, ifFalse, target));
      }
      default:
        return assertNever(e);
    }
  }

  #constant(value: number): number {
    return this.#constants.get(constantKey(value)) ?? this.#inside(this.values.length, 0);
  }

  /** A row if any operand is one. */
  #computed(operands: readonly Operand[], depth: number, make: (target: RowTarget) => Evaluation): Operand {
    const isRow = operands.some((operand) => operand.step !== 0);
    const target = this.scratch(depth, isRow);
    return Operand.computed(make(target), isRow ? target.lanes : 0);
  }

  /** One number for all lanes, at one position. */
  #single(value: () => number, depth: number): Operand {
    const { values, out, lanes } = this.scratch(depth, false);
    return Operand.computed(() => {
      values.fill(value(), out, out + lanes);
      return out;
    }, 0);
  }

  #loopValue(loop: number, offset: number, depth: number, row: Loop | null): Operand {
    const { positions } = this.#machine;
    if (loop !== row?.id) return this.#single(() => positions[loop]! + offset, depth);
    const { values, out, lanes, width } = this.scratch(depth, true);
    return Operand.computed(() => {
      for (let i = 0; i < width.count; i++)
        values.fill(positions[loop]! + i + offset, out + i * lanes, out + (i + 1) * lanes);
      return out;
    }, lanes);
  }

  /** Zeros at positions where a guard fails. */
  #loading(place: Place, depth: number, row: Loop | null): Operand {
    const { lanes, positions } = this.#machine;
    const found = placeOf(positions, place, lanes, row);
    if (place.guards.length === 0) return found;
    const along = place.guards.filter((guard) => guard.loop === row?.id);
    const others = place.guards.filter((guard) => guard.loop !== row?.id);
    const isRow = along.length > 0 || found.step !== 0;
    const { values, out, width } = this.scratch(depth, isRow);
    return Operand.computed(
      () => {
        const { count } = width;
        let [from, to] = [0, guardsHold(positions, others) ? count : 0];
        for (const { loop, offset, size } of along) {
          from = Math.max(from, -(positions[loop]! + offset));
          to = Math.min(to, size - positions[loop]! - offset);
        }
        const at = found.at();
        values.fill(0, out, out + count * lanes);
        for (let l = 0; l < lanes; l++)
          for (let i = from; i < to; i++) values[out + l + i * lanes] = values[at + l + i * found.step]!;
        return out;
      },
      isRow ? lanes : 0,
    );
  }

  /**
   * A value that is found for each position of a row by itself.
   * @param one puts the numbers of all lanes into `out`, those of the operand being at `at`
   */
  #byPosition(
    operand: Operand,
    place: Place,
    depth: number,
    row: Loop | null,
    one: (out: number, at: number) => void,
  ): Operand {
    const { lanes, positions } = this.#machine;
    const isRow = row !== null && (operand.step !== 0 || dependsOn(place, row));
    const { out, width } = this.scratch(depth, isRow);
    if (!isRow)
      return Operand.computed(() => {
        one(out, operand.at());
        return out;
      }, 0);
    return Operand.computed(() => {
      const at = operand.at();
      const first = positions[row.id]!;
      for (let i = 0; i < width.count; i++) {
        positions[row.id] = first + i;
        one(out + i * lanes, at + i * operand.step);
      }
      positions[row.id] = first;
      return out;
    }, lanes);
  }

  #lookingUp({ table, x }: Extract<IrExpression, { kind: "lookup" }>, depth: number, row: Loop | null): Operand {
    const { values } = this;
    const { lanes, positions, tables } = this.#machine;
    const number = slotOf(positions, table);
    return this.#byPosition(this.prepare(x, depth, row), table, depth, row, (out, at) => {
      const points = tables[number()]!;
      for (let l = 0; l < lanes; l++) values[out + l] = lookup(points, values[at + l]!);
    });
  }

  #loadingPast(e: Extract<IrExpression, { kind: "load-past" }>, depth: number, row: Loop | null): Operand {
    const machine = this.#machine;
    const { values } = this;
    const { lanes, positions } = machine;
    const { lag, place, copies, stride } = e;
    const slot = slotOf(positions, place);
    return this.#byPosition(this.prepare(lag, depth, row), place, depth, row, (out, at) => {
      const from = slot();
      for (let l = 0; l < lanes; l++) {
        const steps = values[at + l]!;
        if (from < 0) values[out + l] = 0;
        else if (Number.isNaN(steps)) values[out + l] = steps;
        else values[out + l] = values[(from + ((machine.step + copies - steps) % copies) * stride) * lanes + l]!;
      }
    });
  }
}
