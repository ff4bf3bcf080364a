/**
 * Expressions as instructions: the part of the interpreter that knows what an expression reads. A value that is in memory already is not
 * copied.
 *
 * A value is computed for a tile: positions of two loops, or of one and of the lanes. What does not depend on one of them is computed once
 * along it.
 */
import { assertNever, InternalError } from "../diagnostics/diagnostic.ts";
import { lookup } from "./arithmetic.ts";
import { constantKey, type MachineNeeds } from "./machine-needs.ts";
import type { IrExpression, Place, Program } from "./program.ts";
import { guardsHold, slotOf } from "./slot-of.ts";
import type { Axis, Steps } from "./tile.ts";
import { Tile } from "./tile.ts";
import { TileCode, type Value } from "./tile-code.ts";
import { BINARY, powerIntegerLoop, select, unaryLoop } from "./tile-loops.ts";

/** What expressions read. */
export interface Machine {
  readonly lanes: number;
  readonly tables: Program["tables"];
  /** Position of each loop that is running, by id. */
  readonly positions: Int32Array;
  readonly step: number;
}

export class TileExpressions {
  /** Its values: the memory of the machine, [slot, lane], then what fused loops keep for each lane, the time, constants, and scratch. */
  readonly code: TileCode;
  /** Where the time is. */
  readonly time: number;
  readonly #machine: Machine;
  /** Where each constant is. */
  readonly #constants = new Map<number | "-0", number>();
  readonly #locals: number;
  readonly #scratch: number;
  readonly #depth: number;
  /** Numbers of the scratch of a tile. */
  readonly #size: number;
  readonly #still: number;

  /** @param memory Numbers in the memory of the machine. */
  constructor(machine: Machine, { depth, locals, constants }: MachineNeeds, memory: number) {
    const { lanes } = machine;
    this.#machine = machine;
    this.#depth = depth;
    this.#size = Tile.numbers(lanes);
    this.#locals = memory;
    this.time = memory + locals * lanes;
    let at = this.time + 1;
    this.#scratch = at + constants.size;
    this.code = new TileCode(new Float64Array(this.#scratch + depth * (1 + 3 * this.#size)));
    this.#still = this.code.registers.constant(0);
    for (const [key, value] of constants) {
      this.code.values[at] = value;
      this.#constants.set(key, at);
      at += 1;
    }
  }

  /** Numbers that lie where they are whatever the loops do. */
  fixed(at: number, { inner, outer }: Steps): Value {
    return { at, moved: this.#still, inner, outer };
  }

  constant(value: number): Value {
    const at = this.#constants.get(constantKey(value));
    return this.fixed(at ?? this.#inside(this.code.values.length, 0), SINGLE);
  }

  /** What there is once for each lane, from a number on. */
  ofLanes(at: number, { inner }: Tile): Value {
    return this.fixed(at, { inner: inner.loop === null ? 1 : 0, outer: 0 });
  }

  /** What fused loops keep. */
  local(id: number, tile: Tile): Value {
    return this.ofLanes(this.#inside(this.#locals + id * this.#machine.lanes, this.time), tile);
  }

  /** The values at a place, whatever its guards are. */
  placed({ base, terms }: Place, tile: Tile): Value {
    const { lanes } = this.#machine;
    const { inner, outer } = tile;
    const steps = { inner: inner.loop === null ? 1 : 0, outer: 0 };
    let at = base * lanes;
    const moving: { loop: number; stride: number }[] = [];
    for (const term of terms) {
      const stride = term.stride * lanes;
      const axis = tile.axisOf(term.loop);
      if (axis === inner) steps.inner += stride;
      else if (axis === outer) steps.outer += stride;
      if (axis?.isWhole) at += firstOf(axis, this.#machine.positions) * stride;
      else moving.push({ loop: term.loop, stride });
    }
    return { at, moved: tile.moveOf(moving), ...steps };
  }

  /**
   * Scratch of a depth. Values that differ along other axes have other scratch, since one is computed from the other.
   * @param isInner whether the value differs along the inner axis
   */
  scratch(depth: number, { inner }: Tile, isInner: boolean, isOuter: boolean): Value {
    const sort = (isInner ? 1 : 0) + (isOuter ? 2 : 0);
    const area = sort === 0 ? 0 : this.#depth * (1 + (sort - 1) * this.#size);
    const at = this.#inside(this.#scratch + area + depth * (sort === 0 ? 1 : this.#size), this.code.values.length);
    return this.fixed(at, { inner: isInner ? 1 : 0, outer: isOuter ? (isInner ? inner.most : 1) : 0 });
  }

  #inside(at: number, end: number): number {
    if (at >= end) throw new InternalError("a statement is not of the program that the machine was made for");
    return at;
  }

  /**
   * Adds instructions that compute a value.
   * @param depth number of the scratch for the value, if it needs any; that below it is free for its parts
   * @param into where the value may be put instead, if it is computed by a loop and differs along the same axes
   * @returns where it will be
   */
  prepare(e: IrExpression, depth: number, tile: Tile, into: Value | null = null): Value {
    const { code } = this;
    switch (e.kind) {
      case "constant":
        return this.constant(e.value);
      case "load":
        return this.#loading(e.place, depth, tile);
      case "local":
        return this.local(e.id, tile);
      case "time":
        return this.fixed(this.time, SINGLE);
      case "loop-value":
        return this.#loopValue(e.loop, e.offset, depth, tile);
      case "load-past":
        return this.#loadingPast(e, depth, tile);
      case "lookup":
        return this.#lookingUp(e, depth, tile);
      case "unary":
      case "power-integer": {
        const a = this.prepare(e.kind === "unary" ? e.operand : e.base, depth, tile);
        const result = this.#result(depth, tile, into, a);
        const loop = e.kind === "unary" ? unaryLoop(e.op) : powerIntegerLoop(e.exponent);
        code.loop1(loop, tile.course(result, a), result, a);
        return result;
      }
      case "binary": {
        const a = this.prepare(e.left, depth, tile);
        const b = this.prepare(e.right, depth + 1, tile);
        const result = this.#result(depth, tile, into, a, b);
        code.loop2(BINARY[e.op], tile.course(result, a, b), result, a, b);
        return result;
      }
      case "select": {
        const a = this.prepare(e.condition, depth, tile);
        const b = this.prepare(e.ifTrue, depth + 1, tile);
        const c = this.prepare(e.ifFalse, depth + 2, tile);
        const result = this.#result(depth, tile, into, a, b, c);
        code.loop3(select, tile.course(result, a, b, c), result, a, b, c);
        return result;
      }
      default:
        return assertNever(e);
    }
  }

  /** For a value that differs along the axes along which an operand does. */
  #result(depth: number, tile: Tile, into: Value | null, a: Steps, b: Steps = a, c: Steps = a): Value {
    const isInner = a.inner !== 0 || b.inner !== 0 || c.inner !== 0;
    const isOuter = a.outer !== 0 || b.outer !== 0 || c.outer !== 0;
    const fits = into !== null && (into.inner !== 0) === isInner && (into.outer !== 0) === isOuter;
    return fits ? into : this.scratch(depth, tile, isInner, isOuter);
  }

  #loopValue(loop: number, offset: number, depth: number, tile: Tile): Value {
    const { positions } = this.#machine;
    const { values } = this.code;
    const axis = tile.axisOf(loop);
    const result = this.scratch(depth, tile, axis === tile.inner, axis === tile.outer);
    this.code.call(() => {
      const first = axis ? firstOf(axis, positions) : positions[loop]!;
      const count = axis ? this.#count(axis) : 1;
      for (let i = 0; i < count; i++) values[result.at + i] = first + i + offset;
    });
    return result;
  }

  #count({ count }: Axis): number {
    return this.code.registers.get(count);
  }

  /** Where a value begins now. */
  #at({ at, moved }: Value): number {
    return at + this.code.registers.get(moved);
  }

  /** Zeros at positions where a guard fails. */
  #loading(place: Place, depth: number, tile: Tile): Value {
    const { positions } = this.#machine;
    const { values } = this.code;
    const found = this.placed(place, tile);
    if (place.guards.length === 0) return found;
    const inner = place.guards.filter((guard) => guard.loop === tile.inner.loop?.id);
    const outer = place.guards.filter((guard) => guard.loop === tile.outer.loop?.id);
    const others = place.guards.filter((guard) => tile.axisOf(guard.loop) === null);
    const [isInner, isOuter] = [found.inner !== 0 || inner.length > 0, found.outer !== 0 || outer.length > 0];
    const result = this.scratch(depth, tile, isInner, isOuter);
    this.code.call(() => {
      const columns = isInner ? this.#count(tile.inner) : 1;
      const rows = isOuter ? this.#count(tile.outer) : 1;
      const [fromRow, toRow] = openPart(
        outer,
        firstOf(tile.outer, positions),
        guardsHold(positions, others) ? rows : 0,
      );
      const [from, to] = openPart(inner, firstOf(tile.inner, positions), columns);
      const at = this.#at(found);
      for (let j = 0; j < rows; j++) {
        const isOpen = j >= fromRow && j < toRow;
        const [o, a] = [result.at + j * result.outer, at + j * found.outer];
        for (let i = 0; i < columns; i++)
          values[o + i] = isOpen && i >= from && i < to ? values[a + i * found.inner]! : 0;
      }
    });
    return result;
  }

  /**
   * A value that is found for each position of a tile by itself.
   * @param place on whose loops it depends, beside those of its operand
   * @param one the value for a lane, that of the operand being at `at`
   */
  #byPosition(
    operand: Value,
    place: Place,
    depth: number,
    tile: Tile,
    one: (at: number, lane: number) => number,
    isByLane = false,
  ): Value {
    const { positions } = this.#machine;
    const { values } = this.code;
    const hasLanes = tile.inner.loop === null;
    const isInner = operand.inner !== 0 || dependsOn(place, tile.inner) || (isByLane && hasLanes);
    const isOuter = operand.outer !== 0 || dependsOn(place, tile.outer);
    const result = this.scratch(depth, tile, isInner, isOuter);
    const each = (axis: Axis, body: (i: number) => void): void => {
      const { loop } = axis;
      const first = firstOf(axis, positions);
      const count = this.#count(axis);
      for (let i = 0; i < count; i++) {
        if (loop) positions[loop.id] = first + i;
        body(i);
      }
      if (loop) positions[loop.id] = first;
    };
    const row = (j: number): void => {
      const out = result.at + j * result.outer;
      const at = this.#at(operand) + j * operand.outer;
      const number = (i: number): void => {
        values[out + i * result.inner] = one(at + i * operand.inner, hasLanes ? i : 0);
      };
      if (isInner) each(tile.inner, number);
      else number(0);
    };
    this.code.call(isOuter ? () => each(tile.outer, row) : () => row(0));
    return result;
  }

  #lookingUp({ table, x }: Extract<IrExpression, { kind: "lookup" }>, depth: number, tile: Tile): Value {
    const { values } = this.code;
    const { positions, tables } = this.#machine;
    const number = slotOf(positions, table);
    const operand = this.prepare(x, depth, tile);
    return this.#byPosition(operand, table, depth, tile, (at) => lookup(tables[number()]!, values[at]!));
  }

  #loadingPast(e: Extract<IrExpression, { kind: "load-past" }>, depth: number, tile: Tile): Value {
    const machine = this.#machine;
    const { values } = this.code;
    const { lanes, positions } = machine;
    const { place, copies, stride } = e;
    const slot = slotOf(positions, place);
    const lag = this.prepare(e.lag, depth, tile);
    const one = (at: number, lane: number): number => {
      const from = slot();
      const steps = values[at]!;
      if (from < 0) return 0;
      if (Number.isNaN(steps)) return steps;
      return values[(from + ((machine.step + copies - steps) % copies) * stride) * lanes + lane]!;
    };
    return this.#byPosition(lag, place, depth, tile, one, true);
  }
}

/** A value that is the same in the whole tile. */
const SINGLE: Steps = { inner: 0, outer: 0 };

/** The first position of an axis in the tile. */
function firstOf({ loop, isWhole }: Axis, positions: Int32Array): number {
  if (loop === null) return 0;
  return isWhole ? loop.from : positions[loop.id]!;
}

const dependsOn = ({ terms, guards }: Place, { loop }: Axis): boolean =>
  loop !== null && (terms.some((t) => t.loop === loop.id) || guards.some((g) => g.loop === loop.id));

/** Which of the next positions of a loop are inside all guards on it. */
function openPart(guards: Place["guards"], first: number, count: number): [from: number, to: number] {
  let [from, to] = [0, count];
  for (const { offset, size } of guards) {
    from = Math.max(from, -(first + offset));
    to = Math.min(to, size - first - offset);
  }
  return [from, to];
}
