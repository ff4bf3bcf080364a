/**
 * Executes statements of a {@link Program}, plainly: the oracle that every faster form must match bit for bit.
 *
 * It works on several runs at once, its lanes: slot s of lane l is `memory[s · lanes + l]`. A lane never looks at another,
 * so the number of lanes changes no bit.
 *
 * When a statement is met for the first time it becomes a function, made of one function for each node of its expression (threaded
 * code), and each node computes a tile of values where the order of the statement's loops makes no difference: a run of one
 * lane spends most of its time on finding out what to do next, and this is found out once for the tile.
 */
import { assertNever } from "../diagnostics/diagnostic.ts";
import type { ReduceOp } from "../model/term.ts";
import { allocateShares } from "./allocate.ts";
import { orderMatters } from "./loop-order.ts";
import { Operand, placeOf } from "./operand.ts";
import type { Definition, IrExpression, Loop, Program, Statement } from "./program.ts";
import { loopRanges, loopsOf } from "./slot-interval.ts";
import { type Axis, Tile } from "./tile.ts";
import { type Machine, TileExpressions } from "./tile-expressions.ts";
import { foldOn, foldProductsOn, storeOn, type Target } from "./tile-operations.ts";
import { statementsOf } from "./visit.ts";

/** Does one thing, the same each time, on what the machine then holds. */
type Work = () => void;

const NEUTRAL = {
  sum: 0,
  product: 1,
  minimum: Number.POSITIVE_INFINITY,
  maximum: Number.NEGATIVE_INFINITY,
} as const;

const without = (loops: readonly Loop[], tile: Tile): readonly Loop[] =>
  loops.filter(({ id }) => tile.axisOf(id) === null);

export class Interpreter implements Machine {
  readonly lanes: number;
  readonly values: Float64Array;
  /** [slot, lane] */
  readonly memory: Float64Array;
  readonly tables: Program["tables"];
  readonly positions: Int32Array;
  time = 0;
  step = 0;
  readonly #expressions: TileExpressions;
  /** One position, of all lanes. */
  readonly #position: Tile;
  /** Statements that have run, as functions. */
  readonly #work = new Map<Statement, Work>();

  constructor(program: Program, lanes: number) {
    this.lanes = lanes;
    this.tables = program.tables;
    let loops = 0;
    for (const s of statementsOf(program)) for (const l of loopsOf(s)) loops = Math.max(loops, l.id + 1);
    this.positions = new Int32Array(loops);
    const slots = program.slotCount * lanes;
    this.#expressions = new TileExpressions(this, program, slots);
    this.#position = new Tile([], lanes);
    this.values = this.#expressions.values;
    this.memory = this.values.subarray(0, slots);
  }

  /** Runs definitions in their order. */
  run(definitions: readonly Definition[]): void {
    for (const definition of definitions) for (const statement of definition.statements) this.execute(statement);
  }

  execute(statement: Statement): void {
    this.#workOf(statement)();
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
        const tile = new Tile(orderMatters(statement, range) ? [] : loops, this.lanes);
        const place = placeOf(this.positions, target, this.lanes, tile);
        return this.#nest(
          without(loops, tile),
          this.#tiles(tile, [tile.outer, tile.inner], this.#storing(place, value, tile)),
        );
      }
      case "reduce":
        return this.#reducing(statement, orderMatters(statement, range) ? [] : [...statement.loops, statement.over]);
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
          for (const round of rounds) round();
        });
      }
      case "set":
        return this.#storing(this.#expressions.local(statement.id, this.#position), statement.value, this.#position);
      case "fold": {
        const place = this.#expressions.local(statement.total, this.#position);
        return this.#folding(statement.op, statement.value, { values: this.values, tile: this.#position, place });
      }
      default:
        return assertNever(statement);
    }
  }

  /** Runs `body` for the positions of some axes of a tile, as many at once as it has room for. */
  #tiles(tile: Tile, axes: readonly Axis[], body: Work): Work {
    const { positions } = this;
    return axes.reduceRight<Work>((inside, axis) => {
      if (axis.loop === null) return inside;
      const { id, from, to } = axis.loop;
      if (axis.most === to - from)
        return () => {
          positions[id] = from;
          inside();
        };
      return () => {
        for (let position = from; position < to; position += axis.most) {
          positions[id] = position;
          tile.setCount(axis, Math.min(axis.most, to - position));
          inside();
        }
      };
    }, body);
  }

  /** Runs `body` for every combination of the loops' positions, the last loop innermost. */
  #nest(loops: readonly Loop[], body: Work): Work {
    const { positions } = this;
    return loops.reduceRight<Work>(
      (inner, { id, from, to }) =>
        () => {
          for (let position = from; position < to; position++) {
            positions[id] = position;
            inner();
          }
        },
      body,
    );
  }

  #fusing({ loop, totals, body }: Extract<Statement, { kind: "fused" }>, range: (loop: number) => Loop): Work {
    const { lanes, positions, values } = this;
    const tile = this.#position;
    const begin = totals.map(({ id, op }) => ({ at: this.#expressions.local(id, tile).at(), neutral: NEUTRAL[op] }));
    const steps = body.flatMap(({ statements }) => statements.map((statement) => this.#prepare(statement, range)));
    const inside = this.#nest([loop], () => {
      for (const step of steps) step();
    });
    const stores = totals.flatMap(({ id, target }) =>
      target ? [this.#storing(placeOf(positions, target, lanes, tile), { kind: "local", id }, tile)] : [],
    );
    return () => {
      for (const { at, neutral } of begin) values.fill(neutral, at, at + lanes);
      inside();
      for (const store of stores) store();
    };
  }

  #copy(from: number, to: number, size: number): void {
    this.memory.copyWithin(to * this.lanes, from * this.lanes, (from + size) * this.lanes);
  }

  /** Puts a value where it belongs; an operation does it by itself if its result differs for each number of the place. */
  #storing(place: Operand, value: IrExpression, tile: Tile): Work {
    const operand = this.#expressions.prepare(value, 0, tile, place);
    return operand.steps === place ? () => void operand.at() : storeOn(operand, { values: this.values, tile, place });
  }

  /** No value reads the residual that they go into. */
  #keepingMaximum({ loops, target, value }: Extract<Statement, { kind: "keep-maximum" }>): Work {
    const { lanes, values } = this;
    const tile = new Tile(loops, lanes);
    const place = Operand.fixed(target * lanes, { inner: tile.inner.stepOfLanes, outer: 0 });
    const keep = foldOn("larger", this.#expressions.prepare(value, 0, tile), { values, tile, place });
    return this.#nest(without(loops, tile), this.#tiles(tile, [tile.outer, tile.inner], keep));
  }

  /** @param free loops that may be run in any order, those of the reduction too */
  #reducing({ op, over, loops, target, value }: Extract<Statement, { kind: "reduce" }>, free: readonly Loop[]): Work {
    const { lanes, positions, values } = this;
    const tile = new Tile(free, lanes);
    const along = tile.axisOf(over.id);
    const totals = this.#expressions.scratch(0, tile, along !== tile.inner, along !== tile.outer);
    const fold = this.#folding(op, value, totals);
    const inside = along ? this.#tiles(tile, [along], fold) : this.#nest([over], fold);
    const store = storeOn(totals.place, { ...totals, place: placeOf(positions, target, lanes, tile) });
    const from = totals.place.at();
    const neutral = NEUTRAL[op];
    const all = () => {
      const size = (along === tile.inner ? 1 : tile.inner.count) * (along === tile.outer ? 1 : tile.outer.count);
      for (let i = 0; i < size; i++) values[from + i] = neutral;
      inside();
      store();
    };
    const axes = [tile.outer, tile.inner].filter((axis) => axis !== along);
    return this.#nest(without(loops, tile), this.#tiles(tile, axes, all));
  }

  /** Takes values into totals that lie in scratch 0 or elsewhere. */
  #folding(op: ReduceOp, value: IrExpression, totals: Target): Work {
    const { tile } = totals;
    if (op === "sum" && value.kind === "binary" && value.op === "multiply") {
      const left = this.#expressions.prepare(value.left, 1, tile);
      const right = this.#expressions.prepare(value.right, 2, tile);
      return foldProductsOn(left, right, totals);
    }
    return foldOn(op, this.#expressions.prepare(value, 1, tile), totals);
  }

  #allocating({ over, target, ...of }: Extract<Statement, { kind: "allocate" }>): Work {
    const { lanes, memory, positions, values } = this;
    const tile = this.#position;
    const size = over.to - over.from;
    const prepare = (e: IrExpression): Operand => this.#expressions.prepare(e, 0, tile);
    const [amount, weight, cap] = [prepare(of.amount), prepare(of.weight), prepare(of.cap)];
    const place = placeOf(positions, target, lanes, tile);
    const amounts = new Float64Array(lanes);
    const [weights, caps] = [new Float64Array(size * lanes), new Float64Array(size * lanes)];
    const keep = (operand: Operand, out: Float64Array, at: number): void => {
      const from = operand.at();
      for (let l = 0; l < lanes; l++) out[at + l] = values[from + l * operand.inner]!;
    };
    return () => {
      keep(amount, amounts, 0);
      for (let i = 0; i < size; i++) {
        positions[over.id] = over.from + i;
        keep(weight, weights, i * lanes);
        keep(cap, caps, i * lanes);
      }
      for (let l = 0; l < lanes; l++) {
        const pick = (from: Float64Array) => Array.from({ length: size }, (_, i) => from[i * lanes + l]!);
        const shares = allocateShares(amounts[l]!, pick(weights), pick(caps));
        for (let i = 0; i < size; i++) {
          positions[over.id] = over.from + i;
          memory[place.at() + l] = shares[i]!;
        }
      }
    };
  }
}
