/**
 * Executes statements of a {@link Program}, plainly: the oracle that every faster form must match bit for bit.
 *
 * It works on several runs at once, its lanes: slot s of lane l is `memory[s · lanes + l]`. A lane never looks at another,
 * so the number of lanes changes no bit.
 *
 * When a statement is met for the first time, it becomes instructions (tile-code.ts), each of which computes a tile of values where the
 * order of the statement's loops makes no difference: a run of one lane spends most of its time on finding out what to do next, and this is
 * found out once for the tile. Loops that no tile has are functions around the instructions.
 */
import { assertNever } from "../diagnostics/diagnostic.ts";
import type { ReduceOp } from "../model/term.ts";
import { allocateShares } from "./allocate.ts";
import { NEUTRAL } from "./arithmetic.ts";
import { orderMatters } from "./loop-order.ts";
import { MachineNeeds } from "./machine-needs.ts";
import type { Definition, IrExpression, Loop, Program, Statement } from "./program.ts";
import { loopRanges } from "./slot-interval.ts";
import { type Axis, Tile } from "./tile.ts";
import type { Span, TileCode, Value } from "./tile-code.ts";
import { type Machine, TileExpressions } from "./tile-expressions.ts";
import { addProducts, copy, FOLD } from "./tile-loops.ts";

/** Does one thing, the same each time, on what the machine then holds: instructions alone, or a function. */
type Work = Span | (() => void);

export class Interpreter implements Machine {
  readonly lanes: number;
  readonly values: Float64Array;
  /** [slot, lane] */
  readonly memory: Float64Array;
  readonly tables: Program["tables"];
  readonly positions: Int32Array;
  step = 0;
  readonly #expressions: TileExpressions;
  readonly #code: TileCode;
  /** What has run: statements, and definitions one after the other. */
  readonly #work = new Map<Statement, Work>();
  readonly #sequences = new Map<readonly Definition[], readonly Work[]>();

  constructor(program: Program, lanes: number) {
    this.lanes = lanes;
    this.tables = program.tables;
    const needs = new MachineNeeds(program);
    this.positions = new Int32Array(needs.loops);
    const slots = program.slotCount * lanes;
    this.#expressions = new TileExpressions(this, needs, slots);
    this.#code = this.#expressions.code;
    this.values = this.#code.values;
    this.memory = this.values.subarray(0, slots);
  }

  get time(): number {
    return this.values[this.#expressions.time]!;
  }

  set time(time: number) {
    this.values[this.#expressions.time] = time;
  }

  /** Runs definitions in their order. */
  run(definitions: readonly Definition[]): void {
    let sequence = this.#sequences.get(definitions);
    if (!sequence) {
      sequence = joined(definitions.flatMap((d) => d.statements.map((s) => this.#workOf(s))));
      this.#sequences.set(definitions, sequence);
    }
    for (const work of sequence) this.#do(work);
  }

  execute(statement: Statement): void {
    this.#do(this.#workOf(statement));
  }

  #do(work: Work): void {
    if (typeof work === "function") work();
    else this.#code.execute(work);
  }

  #workOf(statement: Statement): Work {
    const known = this.#work.get(statement);
    if (known) return known;
    const work = this.#prepare(statement, loopRanges(statement));
    this.#work.set(statement, work);
    return work;
  }

  /** @param range the loops of the outermost statement */
  #prepare(statement: Statement, range: (loop: number) => Loop): Work {
    switch (statement.kind) {
      case "assign": {
        const { loops, target, value } = statement;
        const tile = this.#tile(orderMatters(statement, range) ? [] : loops);
        const from = this.#code.end;
        this.#store(this.#expressions.placed(target, tile), value, tile);
        return this.#through(loops, tile, this.#since(from, tile));
      }
      case "reduce":
        return this.#reducing(
          statement,
          this.#tile(orderMatters(statement, range) ? [] : [...statement.loops, statement.over]),
        );
      case "allocate":
        return this.#nest(statement.loops, this.#allocating(statement));
      case "copy":
        return () => this.#copy(statement.from, statement.to, statement.size);
      case "keep-past": {
        const { from, to, size, copies } = statement;
        return () => this.#copy(from, to + (this.step % copies) * size, size);
      }
      case "fill-past": {
        const { from, to, size, copies } = statement;
        return () => {
          for (let i = 0; i < copies; i++) this.#copy(from, to + i * size, size);
        };
      }
      case "keep-maximum":
        return this.#keepingMaximum(statement);
      case "fused":
        return this.#fusing(statement, range);
      case "repeat": {
        const rounds = statement.body.map((inner) => this.#prepare(inner, range));
        return this.#nest([statement.loop], () => {
          for (const round of rounds) this.#do(round);
        });
      }
      case "set": {
        const tile = this.#tile([]);
        const from = this.#code.end;
        this.#store(this.#expressions.local(statement.id, tile), statement.value, tile);
        return this.#since(from, tile);
      }
      case "fold": {
        const tile = this.#tile([]);
        const from = this.#code.end;
        this.#fold(statement.op, statement.value, tile, this.#expressions.local(statement.total, tile));
        return this.#since(from, tile);
      }
      default:
        return assertNever(statement);
    }
  }

  #tile(loops: readonly Loop[]): Tile {
    return new Tile(loops, this.lanes, this.#code.registers);
  }

  /** The instructions added since then for a tile, which is first moved to where the loops stand if anything in it moves. */
  #since(from: number, tile: Tile): Work {
    const span = { from, to: this.#code.end };
    if (!tile.isMoved) return span;
    return () => {
      tile.move(this.positions);
      this.#code.execute(span);
    };
  }

  /** Does work for a tile of a statement for all positions of its loops. */
  #through(loops: readonly Loop[], tile: Tile, work: Work): Work {
    const tiles = this.#along(tile.outer, tile, this.#along(tile.inner, tile, work));
    return loops.length === 0 ? tiles : this.#nest(without(loops, tile), tiles);
  }

  /** Does work for the positions of an axis of a tile, as many at once as it has room for. */
  #along(axis: Axis, tile: Tile, work: Work): Work {
    if (axis.loop === null || axis.isWhole) return work;
    const { positions } = this;
    const { id, from, to } = axis.loop;
    return () => {
      for (let position = from; position < to; position += axis.most) {
        positions[id] = position;
        tile.setCount(axis, Math.min(axis.most, to - position));
        this.#do(work);
      }
    };
  }

  /** Does work for every combination of the loops' positions, the last loop innermost. */
  #nest(loops: readonly Loop[], work: Work): Work {
    const { positions } = this;
    return loops.reduceRight<Work>(
      (inside, { id, from, to }) =>
        () => {
          for (let position = from; position < to; position++) {
            positions[id] = position;
            this.#do(inside);
          }
        },
      work,
    );
  }

  #fusing({ loop, totals, body }: Extract<Statement, { kind: "fused" }>, range: (loop: number) => Loop): Work {
    const { lanes, values } = this;
    const tile = this.#tile([]);
    const begin = totals.map(({ id, op }) => ({ at: this.#expressions.local(id, tile).at, neutral: NEUTRAL[op] }));
    const steps = body.flatMap(({ statements }) => statements.map((statement) => this.#prepare(statement, range)));
    const inside = this.#nest([loop], () => {
      for (const step of steps) this.#do(step);
    });
    const from = this.#code.end;
    for (const { id, target } of totals)
      if (target) this.#store(this.#expressions.placed(target, tile), { kind: "local", id }, tile);
    const end = this.#since(from, tile);
    return () => {
      for (const { at, neutral } of begin) values.fill(neutral, at, at + lanes);
      this.#do(inside);
      this.#do(end);
    };
  }

  #copy(from: number, to: number, size: number): void {
    this.memory.copyWithin(to * this.lanes, from * this.lanes, (from + size) * this.lanes);
  }

  /** Puts a value where it belongs; a loop does it by itself if its result differs for each number of the place. */
  #store(place: Value, e: IrExpression, tile: Tile): void {
    const value = this.#expressions.prepare(e, 0, tile, place);
    if (value !== place) this.#code.loop1(copy, tile.course(place, value), place, value);
  }

  /** Takes values into totals that lie in scratch 0 or elsewhere. */
  #fold(op: ReduceOp, e: IrExpression, tile: Tile, totals: Value): void {
    if (op === "sum" && e.kind === "binary" && e.op === "multiply") {
      const a = this.#expressions.prepare(e.left, 1, tile);
      const b = this.#expressions.prepare(e.right, 2, tile);
      return this.#code.loop2(addProducts, tile.everywhere(totals, a, b), totals, a, b);
    }
    const value = this.#expressions.prepare(e, 1, tile);
    this.#code.loop1(FOLD[op], tile.everywhere(totals, value), totals, value);
  }

  /** No value reads the residual that they go into. */
  #keepingMaximum({ loops, target, value }: Extract<Statement, { kind: "keep-maximum" }>): Work {
    const tile = this.#tile(loops);
    const place = this.#expressions.ofLanes(target * this.lanes, tile);
    const from = this.#code.end;
    const found = this.#expressions.prepare(value, 0, tile);
    this.#code.loop1(FOLD.larger, tile.everywhere(place, found), place, found);
    return this.#through(loops, tile, this.#since(from, tile));
  }

  /** @param tile of loops that may be run in any order, that of the reduction too */
  #reducing({ op, over, loops, target, value }: Extract<Statement, { kind: "reduce" }>, tile: Tile): Work {
    const code = this.#code;
    const along = tile.axisOf(over.id);
    const totals = this.#expressions.scratch(0, tile, along !== tile.inner, along !== tile.outer);
    const neutral = this.#expressions.constant(NEUTRAL[op]);
    const place = this.#expressions.placed(target, tile);
    const start = code.end;
    code.loop1(copy, tile.course(totals, neutral), totals, neutral);
    const clear = this.#since(start, tile);
    const middle = code.end;
    this.#fold(op, value, tile, totals);
    const fold = this.#since(middle, tile);
    const last = code.end;
    code.loop1(copy, tile.course(place, totals), place, totals);
    if (along?.isWhole) return this.#through(loops, tile, this.#since(start, tile));
    const store = this.#since(last, tile);
    const inside = along ? this.#along(along, tile, fold) : this.#nest([over], fold);
    const all = () => {
      this.#do(clear);
      this.#do(inside);
      this.#do(store);
    };
    const other = along === tile.inner ? tile.outer : tile.inner;
    const tiles = along
      ? this.#along(other, tile, all)
      : this.#along(tile.outer, tile, this.#along(tile.inner, tile, all));
    return this.#nest(without(loops, tile), tiles);
  }

  #allocating({ over, target, ...of }: Extract<Statement, { kind: "allocate" }>): Work {
    const { lanes, positions, values } = this;
    const { registers } = this.#code;
    const tile = this.#tile([]);
    const size = over.to - over.from;
    const place = this.#expressions.placed(target, tile);
    const evaluation = (e: IrExpression): ((out: Float64Array, at: number) => void) => {
      const from = this.#code.end;
      const value = this.#expressions.prepare(e, 0, tile);
      const span = { from, to: this.#code.end };
      return (out, at) => {
        tile.move(positions);
        this.#code.execute(span);
        const first = value.at + registers.get(value.moved);
        for (let l = 0; l < lanes; l++) out[at + l] = values[first + l * value.inner]!;
      };
    };
    const [amount, weight, cap] = [evaluation(of.amount), evaluation(of.weight), evaluation(of.cap)];
    const amounts = new Float64Array(lanes);
    const [weights, caps] = [new Float64Array(size * lanes), new Float64Array(size * lanes)];
    return () => {
      amount(amounts, 0);
      for (let i = 0; i < size; i++) {
        positions[over.id] = over.from + i;
        weight(weights, i * lanes);
        cap(caps, i * lanes);
      }
      for (let l = 0; l < lanes; l++) {
        const pick = (from: Float64Array) => Array.from({ length: size }, (_, i) => from[i * lanes + l]!);
        const shares = allocateShares(amounts[l]!, pick(weights), pick(caps));
        for (let i = 0; i < size; i++) {
          positions[over.id] = over.from + i;
          tile.move(positions);
          values[place.at + registers.get(place.moved) + l] = shares[i]!;
        }
      }
    };
  }
}

const without = (loops: readonly Loop[], tile: Tile): readonly Loop[] =>
  loops.filter(({ id }) => tile.axisOf(id) === null);

/** Instructions that follow each other as one piece. */
function joined(sequence: readonly Work[]): readonly Work[] {
  const pieces: Work[] = [];
  for (const work of sequence) {
    const last = pieces.at(-1);
    if (typeof work !== "function" && last && typeof last !== "function" && last.to === work.from)
      pieces[pieces.length - 1] = { from: last.from, to: work.to };
    else pieces.push(work);
  }
  return pieces;
}
