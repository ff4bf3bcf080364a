/**
 * Executes statements of a {@link Program}, plainly: the oracle that every faster form must match bit for bit.
 *
 * It works on several runs at once, its lanes: slot s of lane l is `memory[s · lanes + l]`. A lane never looks at another,
 * so the number of lanes changes no bit.
 *
 * When a statement is met for the first time it becomes a function, made of one function for each node of its expression (threaded
 * code), and each node computes a row of values along one of the statement's loops where their order makes no difference: a run of one
 * lane spends most of its time on finding out what to do next, and this is found out once for the row.
 */
import { assertNever } from "../diagnostics/diagnostic.ts";
import { allocateShares } from "./allocate.ts";
import { Operand, placeOf } from "./operand.ts";
import type { Definition, IrExpression, Loop, Place, Program, Statement } from "./program.ts";
import { type Machine, RowExpressions } from "./row-expressions.ts";
import { rowLoop } from "./row-loop.ts";
import { foldOn, type RowTarget, storeOn } from "./row-operations.ts";
import { loopRanges, loopsOf } from "./slot-interval.ts";
import { statementsOf } from "./visit.ts";

/** Does one thing, the same each time, on what the machine then holds. */
type Work = () => void;

const NEUTRAL = {
  sum: 0,
  product: 1,
  minimum: Number.POSITIVE_INFINITY,
  maximum: Number.NEGATIVE_INFINITY,
} as const;

const without = (loops: readonly Loop[], row: Loop | null): readonly Loop[] => loops.filter((l) => l !== row);

export class Interpreter implements Machine {
  readonly lanes: number;
  readonly values: Float64Array;
  /** [slot, lane] */
  readonly memory: Float64Array;
  readonly tables: Program["tables"];
  readonly positions: Int32Array;
  time = 0;
  step = 0;
  readonly #expressions: RowExpressions;
  /** Scratch for one position. */
  readonly #single: RowTarget;
  /** Statements that have run, as functions. */
  readonly #work = new Map<Statement, Work>();

  constructor(program: Program, lanes: number) {
    this.lanes = lanes;
    this.tables = program.tables;
    let loops = 0;
    for (const s of statementsOf(program)) for (const l of loopsOf(s)) loops = Math.max(loops, l.id + 1);
    this.positions = new Int32Array(loops);
    const slots = program.slotCount * lanes;
    this.#expressions = new RowExpressions(this, program, slots);
    this.values = this.#expressions.values;
    this.#single = this.#expressions.scratch(0, false);
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
        const row = rowLoop(statement, range);
        const store = this.#storing(target, this.#value(value, 0, row), row);
        return this.#nest(without(loops, row), this.#rows(row, store));
      }
      case "reduce":
        return this.#reducing(statement, rowLoop(statement, range));
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
        return storeOn(
          Operand.fixed(this.#expressions.local(statement.id)),
          this.#value(statement.value),
          this.#single,
        );
      case "fold": {
        const { op, total, value } = statement;
        return foldOn(op, 0, this.#value(value), { ...this.#single, out: this.#expressions.local(total) });
      }
      default:
        return assertNever(statement);
    }
  }

  /** Scratch above `depth` stays as it is. @param row the loop along which rows are computed, null for one position */
  #value(value: IrExpression, depth = 0, row: Loop | null = null): Operand {
    return this.#expressions.prepare(value, depth, row);
  }

  /** Runs `body` for the positions of a loop, as many at once as a row has. */
  #rows(loop: Loop | null, body: Work): Work {
    if (loop === null) return body;
    const { positions } = this;
    const { width, maxCount } = this.#expressions;
    const { id, from, to } = loop;
    return () => {
      for (let position = from; position < to; position += maxCount) {
        positions[id] = position;
        width.count = Math.min(maxCount, to - position);
        body();
      }
    };
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
    const begin = totals.map(({ id, op }) => ({ at: this.#expressions.local(id), neutral: NEUTRAL[op] }));
    const steps = body.flatMap(({ statements }) => statements.map((statement) => this.#prepare(statement, range)));
    const inside = this.#nest([loop], () => {
      for (const step of steps) step();
    });
    const stores = totals.flatMap(({ id, target }) => {
      const at = this.#expressions.local(id);
      return target ? [this.#storing(target, Operand.fixed(at), null)] : [];
    });
    return () => {
      for (const { at, neutral } of begin) this.values.fill(neutral, at, at + this.lanes);
      inside();
      for (const store of stores) store();
    };
  }

  #copy(from: number, to: number, size: number): void {
    this.memory.copyWithin(to * this.lanes, from * this.lanes, (from + size) * this.lanes);
  }

  #storing(target: Place, value: Operand, row: Loop | null): Work {
    const place = placeOf(this.positions, target, this.lanes, row);
    return storeOn(place, value, this.#expressions.scratch(0, row !== null));
  }

  /** Rows along the last loop; no value reads the residual that they go into. */
  #keepingMaximum({ loops, target, value: expression }: Extract<Statement, { kind: "keep-maximum" }>): Work {
    const row = loops.at(-1) ?? null;
    const value = this.#value(expression, 0, row);
    const { values, lanes, width } = this.#expressions.scratch(0, row !== null);
    const to = target * lanes;
    const keep = () => {
      const from = value.at();
      for (let l = 0; l < lanes; l++) {
        for (let i = 0; i < width.count; i++) {
          const x = values[from + l + i * value.step]!;
          if (x > values[to + l]!) values[to + l] = x;
        }
      }
    };
    return this.#nest(without(loops, row), this.#rows(row, keep));
  }

  /** Totals of a row of combinations, or one total of a row of values. */
  #reducing({ op, over, loops, target, value }: Extract<Statement, { kind: "reduce" }>, row: Loop | null): Work {
    const { lanes, values } = this;
    const outer = row === over ? null : row;
    const totals = this.#expressions.scratch(0, outer !== null);
    const step = outer ? lanes : 0;
    const { width } = this.#expressions.scratch(0, row !== null);
    const fold = foldOn(op, step, this.#value(value, 1, row), { ...totals, width });
    const inside = row === over ? this.#rows(over, fold) : this.#nest([over], fold);
    const store = this.#storing(target, Operand.fixed(totals.out, step), outer);
    const all = () => {
      values.fill(NEUTRAL[op], totals.out, totals.out + totals.width.count * lanes);
      inside();
      store();
    };
    return this.#nest(without(loops, outer), this.#rows(outer, all));
  }

  #allocating({ over, target, ...of }: Extract<Statement, { kind: "allocate" }>): Work {
    const { lanes, memory, positions, values } = this;
    const size = over.to - over.from;
    const [amount, weight, cap] = [this.#value(of.amount), this.#value(of.weight), this.#value(of.cap)];
    const place = placeOf(positions, target, lanes, null);
    const amounts = new Float64Array(lanes);
    const [weights, caps] = [new Float64Array(size * lanes), new Float64Array(size * lanes)];
    const keep = (from: number, out: Float64Array, at: number) => out.set(values.subarray(from, from + lanes), at);
    return () => {
      keep(amount.at(), amounts, 0);
      for (let i = 0; i < size; i++) {
        positions[over.id] = over.from + i;
        keep(weight.at(), weights, i * lanes);
        keep(cap.at(), caps, i * lanes);
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
