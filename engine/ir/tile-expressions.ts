/**
 * Expressions as functions: the part of the interpreter that knows what an expression reads. Each operation is a function that asks its
 * operands where their values are, and answers with the place of its own. A value that is in memory already is not copied, and where it
 * is follows from few numbers, without a call.
 *
 * A value is computed for a tile: positions of two loops, or of one and of the lanes. What does not depend on one of them is computed once
 * along it.
 */
import { assertNever, InternalError } from "../diagnostics/diagnostic.ts";
import { lookup } from "./arithmetic.ts";
import { dependsOn, guardsHold, Operand, placeOf, slotOf } from "./operand.ts";
import type { IrExpression, Place, Program, Statement } from "./program.ts";
import { type Axis, ONE, SINGLE, type Steps, Tile } from "./tile.ts";
import { binaryOn, powerIntegerOn, selectOn, type Target, unaryOn } from "./tile-operations.ts";
import { expressionsOf, partsOf, statementsOf } from "./visit.ts";

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
  /** Values that are at hand at once, at most, while an expression is computed; a reduction has its total below them. */
  depth = 1;
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
    for (const e of expressionsOf(s)) this.depth = Math.max(this.depth, 1 + this.#depthOf(e));
  }

  #depthOf(e: IrExpression): number {
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
        return partsOf(e).reduce((most, part, i) => Math.max(most, i + this.#depthOf(part)), 1);
    }
  }
}

/** Tells zeros of either sign apart. */
type ConstantKey = number | "-0";
const constantKey = (value: number): ConstantKey => (Object.is(value, -0) ? "-0" : value);

export class TileExpressions {
  /** The memory of the machine, [slot, lane], then what fused loops keep for each lane, constants, and scratch. */
  readonly values: Float64Array;
  readonly #machine: Machine;
  /** Where each constant is. */
  readonly #constants = new Map<ConstantKey, number>();
  readonly #locals: number;
  readonly #scratch: number;
  readonly #depth: number;
  /** Numbers of the scratch of a tile. */
  readonly #size: number;

  /** @param memory Numbers in the memory of the machine. */
  constructor(machine: Machine, program: Program, memory: number) {
    const { lanes } = machine;
    const { depth, locals, constants } = new Scratch(program);
    this.#machine = machine;
    this.#depth = depth;
    this.#size = Tile.numbers(lanes);
    this.#locals = memory;
    let at = memory + locals * lanes;
    this.#scratch = at + constants.size;
    this.values = new Float64Array(this.#scratch + depth * (1 + 3 * this.#size));
    for (const [key, value] of constants) {
      this.values[at] = value;
      this.#constants.set(key, at);
      at += 1;
    }
  }

  /** Where a value that fused loops keep is. */
  local(id: number, tile: Tile): Operand {
    const { lanes } = this.#machine;
    return Operand.fixed(this.#inside(this.#locals + id * lanes, this.#scratch), {
      inner: tile.inner.stepOfLanes,
      outer: 0,
    });
  }

  /**
   * Scratch of a depth. Values that differ along other axes have other scratch, since one is computed from the other.
   * @param isInner whether the value differs along the inner axis
   */
  scratch(depth: number, tile: Tile, isInner: boolean, isOuter: boolean): Target {
    const sort = (isInner ? 1 : 0) + (isOuter ? 2 : 0);
    const area = sort === 0 ? 0 : this.#depth * (1 + (sort - 1) * this.#size);
    const at = this.#inside(this.#scratch + area + depth * (sort === 0 ? 1 : this.#size), this.values.length);
    const steps = { inner: isInner ? 1 : 0, outer: isOuter ? (isInner ? tile.inner.most : 1) : 0 };
    return { values: this.values, tile, place: Operand.fixed(at, steps) };
  }

  #inside(at: number, end: number): number {
    if (at >= end) throw new InternalError("a statement is not of the program that the machine was made for");
    return at;
  }

  /**
   * @param depth number of the scratch for the value, if it needs any; that below it is free for its parts
   * @param into where the value may be put instead, if it is computed and differs along the same axes
   */
  prepare(e: IrExpression, depth: number, tile: Tile, into: Operand | null = null): Operand {
    switch (e.kind) {
      case "constant":
        return Operand.fixed(this.#constant(e.value), SINGLE);
      case "load":
        return this.#loading(e.place, depth, tile);
      case "local":
        return this.local(e.id, tile);
      case "time":
        return this.#single(() => this.#machine.time, depth, tile);
      case "loop-value":
        return this.#loopValue(e.loop, e.offset, depth, tile);
      case "load-past":
        return this.#loadingPast(e, depth, tile);
      case "lookup":
        return this.#lookingUp(e, depth, tile);
      case "unary": {
        const operand = this.prepare(e.operand, depth, tile);
        const target = this.#target(depth, tile, into, operand);
        return Operand.computed(unaryOn(e.op, operand, target), target.place);
      }
      case "power-integer": {
        const base = this.prepare(e.base, depth, tile);
        const target = this.#target(depth, tile, into, base);
        return Operand.computed(powerIntegerOn(base, e.exponent, target), target.place);
      }
      case "binary": {
        const left = this.prepare(e.left, depth, tile);
        const right = this.prepare(e.right, depth + 1, tile);
        const target = this.#target(depth, tile, into, left, right);
        return Operand.computed(binaryOn(e.op, left, right, target), target.place);
      }
      case "select": {
        const condition = this.prepare(e.condition, depth, tile);
        const ifTrue = this.prepare(e.ifTrue, depth + 1, tile);
        const ifFalse = this.prepare(e.ifFalse, depth + 2, tile);
        const target = this.#target(depth, tile, into, condition, ifTrue, ifFalse);
        return Operand.computed(selectOn(condition, ifTrue, ifFalse, target), target.place);
      }
      default:
        return assertNever(e);
    }
  }

  #constant(value: number): number {
    return this.#constants.get(constantKey(value)) ?? this.#inside(this.values.length, 0);
  }

  /** For a value that differs along the axes along which an operand does. */
  #target(depth: number, tile: Tile, into: Operand | null, a: Steps, b: Steps = a, c: Steps = a): Target {
    const isInner = a.inner !== 0 || b.inner !== 0 || c.inner !== 0;
    const isOuter = a.outer !== 0 || b.outer !== 0 || c.outer !== 0;
    if (into !== null && (into.inner !== 0) === isInner && (into.outer !== 0) === isOuter)
      return { values: this.values, tile, place: into };
    return this.scratch(depth, tile, isInner, isOuter);
  }

  /** One number for the whole tile. */
  #single(value: () => number, depth: number, tile: Tile): Operand {
    const { values, place } = this.scratch(depth, tile, false, false);
    const out = place.at();
    return Operand.computed(() => {
      values[out] = value();
      return out;
    }, SINGLE);
  }

  #loopValue(loop: number, offset: number, depth: number, tile: Tile): Operand {
    const { positions } = this.#machine;
    const axis = tile.axisOf(loop);
    if (axis === null) return this.#single(() => positions[loop]! + offset, depth, tile);
    const { values, place } = this.scratch(depth, tile, axis === tile.inner, axis === tile.outer);
    const out = place.at();
    return Operand.computed(() => {
      const first = positions[loop]! + offset;
      for (let i = 0; i < axis.count; i++) values[out + i] = first + i;
      return out;
    }, place);
  }

  /** Zeros at positions where a guard fails. */
  #loading(place: Place, depth: number, tile: Tile): Operand {
    const { lanes, positions } = this.#machine;
    const found = placeOf(positions, place, lanes, tile);
    if (place.guards.length === 0) return found;
    const inner = place.guards.filter((guard) => guard.loop === tile.inner.loop?.id);
    const outer = place.guards.filter((guard) => guard.loop === tile.outer.loop?.id);
    const others = place.guards.filter((guard) => tile.axisOf(guard.loop) === null);
    const [isInner, isOuter] = [found.inner !== 0 || inner.length > 0, found.outer !== 0 || outer.length > 0];
    const { values, place: scratch } = this.scratch(depth, tile, isInner, isOuter);
    const out = scratch.at();
    const columns = isInner ? tile.inner : ONE;
    const rows = isOuter ? tile.outer : ONE;
    return Operand.computed(() => {
      const at = found.at();
      const open = guardsHold(positions, others) ? rows.count : 0;
      const [fromRow, toRow] = openPart(positions, outer, open);
      const [from, to] = openPart(positions, inner, columns.count);
      for (let j = 0; j < rows.count; j++) {
        const isOpen = j >= fromRow && j < toRow;
        const o = out + j * scratch.outer;
        const a = at + j * found.outer;
        for (let i = 0; i < columns.count; i++)
          values[o + i] = isOpen && i >= from && i < to ? values[a + i * found.inner]! : 0;
      }
      return out;
    }, scratch);
  }

  /**
   * A value that is found for each position of a tile by itself.
   * @param axes along which it differs
   * @param one the value for a lane, that of the operand being at `at`
   */
  #byPosition(
    operand: Operand,
    depth: number,
    tile: Tile,
    [isInner, isOuter]: readonly [boolean, boolean],
    one: (at: number, lane: number) => number,
  ): Operand {
    const { positions } = this.#machine;
    const { values, place } = this.scratch(depth, tile, isInner, isOuter);
    const out = place.at();
    const columns = new Walk(positions, isInner ? tile.inner : null);
    const rows = new Walk(positions, isOuter ? tile.outer : null);
    const lanes = tile.inner.loop === null;
    return Operand.computed(() => {
      const at = operand.at();
      rows.over((j) =>
        columns.over((i) => {
          const from = at + j * operand.outer + i * operand.inner;
          values[out + j * place.outer + i * place.inner] = one(from, lanes ? i : 0);
        }),
      );
      return out;
    }, place);
  }

  #lookingUp({ table, x }: Extract<IrExpression, { kind: "lookup" }>, depth: number, tile: Tile): Operand {
    const { values } = this;
    const { positions, tables } = this.#machine;
    const number = slotOf(positions, table);
    const operand = this.prepare(x, depth, tile);
    const isInner = operand.inner !== 0 || dependsOn(table, tile.inner);
    const isOuter = operand.outer !== 0 || dependsOn(table, tile.outer);
    return this.#byPosition(operand, depth, tile, [isInner, isOuter], (at) => lookup(tables[number()]!, values[at]!));
  }

  #loadingPast(e: Extract<IrExpression, { kind: "load-past" }>, depth: number, tile: Tile): Operand {
    const machine = this.#machine;
    const { values } = this;
    const { lanes, positions } = machine;
    const { place, copies, stride } = e;
    const slot = slotOf(positions, place);
    const lag = this.prepare(e.lag, depth, tile);
    const isInner = lag.inner !== 0 || dependsOn(place, tile.inner) || tile.inner.loop === null;
    const isOuter = lag.outer !== 0 || dependsOn(place, tile.outer);
    return this.#byPosition(lag, depth, tile, [isInner, isOuter], (at, lane) => {
      const from = slot();
      const steps = values[at]!;
      if (from < 0) return 0;
      if (Number.isNaN(steps)) return steps;
      return values[(from + ((machine.step + copies - steps) % copies) * stride) * lanes + lane]!;
    });
  }
}

/** Goes over the positions that a tile has of an axis, each of which its loop then has; or stays, without an axis. */
class Walk {
  readonly #positions: Int32Array;
  readonly #axis: Axis | null;

  constructor(positions: Int32Array, axis: Axis | null) {
    this.#positions = positions;
    this.#axis = axis;
  }

  over(body: (i: number) => void): void {
    const count = this.#axis?.count ?? 1;
    const loop = this.#axis?.loop ?? null;
    if (loop === null) {
      for (let i = 0; i < count; i++) body(i);
      return;
    }
    const first = this.#positions[loop.id]!;
    for (let i = 0; i < count; i++) {
      this.#positions[loop.id] = first + i;
      body(i);
    }
    this.#positions[loop.id] = first;
  }
}

/** Which of the next positions of a loop are inside all guards on it. */
function openPart(positions: Int32Array, guards: Place["guards"], count: number): [from: number, to: number] {
  let [from, to] = [0, count];
  for (const { loop, offset, size } of guards) {
    from = Math.max(from, -(positions[loop]! + offset));
    to = Math.min(to, size - positions[loop]! - offset);
  }
  return [from, to];
}
