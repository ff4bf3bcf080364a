/**
 * Executes statements of a {@link Program}, plainly: the oracle that every faster form must match bit for bit.
 *
 * It works on several runs at once, its lanes: slot s of lane l is `memory[s · lanes + l]`. A lane never looks at another,
 * so the number of lanes changes no bit.
 *
 * When a statement is met for the first time it becomes a function, made of one function for each node of its expression (threaded
 * code): a run of one lane spends most of its time on finding out what to do next, and this is found out once.
 */
import { assertNever } from "../diagnostics/diagnostic.ts";
import type { ReduceOp } from "../model/term.ts";
import { allocateShares } from "./allocate.ts";
import { maximum, minimum } from "./arithmetic.ts";
import type { Definition, IrExpression, Loop, Place, Program, Statement } from "./program.ts";
import { type Machine, Operand, placeOf, RowExpressions } from "./row-expressions.ts";
import { loopsOf } from "./slot-interval.ts";
import { statementsOf } from "./visit.ts";

/** Does one thing, the same each time, on what the machine then holds. */
type Work = () => void;

const NEUTRAL = {
  sum: 0,
  product: 1,
  minimum: Number.POSITIVE_INFINITY,
  maximum: Number.NEGATIVE_INFINITY,
} as const;

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
    const work = this.#prepare(statement);
    this.#work.set(statement, work);
    return work;
  }

  #prepare(statement: Statement): Work {
    switch (statement.kind) {
      case "assign":
        return this.#nest(statement.loops, this.#storing(statement.target, this.#value(statement.value)));
      case "reduce":
        return this.#nest(statement.loops, this.#reducing(statement));
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
        return this.#nest(statement.loops, this.#keepingMaximum(statement));
      case "fused":
        return this.#fusing(statement);
      case "repeat": {
        const rounds = statement.body.map((inner) => this.#prepare(inner));
        return this.#nest([statement.loop], () => {
          for (const round of rounds) round();
        });
      }
      case "set":
        return this.#storingAt(this.#expressions.local(statement.id), this.#value(statement.value));
      case "fold": {
        const { op, total, value } = statement;
        return this.#folding(op, this.#expressions.local(total), this.#value(value));
      }
      default:
        return assertNever(statement);
    }
  }

  /** Rows below `depth` stay as they are. */
  #value(value: IrExpression, depth = 0): Operand {
    return this.#expressions.prepare(value, depth);
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

  #fusing({ loop, totals, body }: Extract<Statement, { kind: "fused" }>): Work {
    const begin = totals.map(({ id, op }) => ({ at: this.#expressions.local(id), neutral: NEUTRAL[op] }));
    const steps = body.flatMap(({ statements }) => statements.map((statement) => this.#prepare(statement)));
    const inside = this.#nest([loop], () => {
      for (const step of steps) step();
    });
    const stores = totals.flatMap(({ id, target }) => {
      const at = this.#expressions.local(id);
      return target ? [this.#storing(target, Operand.fixed(at))] : [];
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

  #storing(target: Place, value: Operand): Work {
    const { lanes, values } = this;
    const place = placeOf(this.positions, target, lanes);
    return () => {
      const from = value.at();
      const to = place.at();
      for (let l = 0; l < lanes; l++) values[to + l] = values[from + l]!;
    };
  }

  #storingAt(to: number, value: Operand): Work {
    const { lanes, values } = this;
    return () => {
      const from = value.at();
      for (let l = 0; l < lanes; l++) values[to + l] = values[from + l]!;
    };
  }

  #keepingMaximum({ target, value: expression }: Extract<Statement, { kind: "keep-maximum" }>): Work {
    const { lanes, values } = this;
    const value = this.#value(expression);
    const to = target * lanes;
    return () => {
      const from = value.at();
      for (let l = 0; l < lanes; l++) if (values[from + l]! > values[to + l]!) values[to + l] = values[from + l]!;
    };
  }

  #reducing({ op, over, target, value }: Extract<Statement, { kind: "reduce" }>): Work {
    const { lanes, values } = this;
    const total = this.#expressions.row(0);
    const inside = this.#nest([over], this.#folding(op, total, this.#value(value, 1)));
    const store = this.#storing(target, Operand.fixed(total));
    return () => {
      values.fill(NEUTRAL[op], total, total + lanes);
      inside();
      store();
    };
  }

  #folding(op: ReduceOp, total: number, value: Operand): Work {
    const { lanes, values } = this;
    switch (op) {
      case "sum":
        return () => {
          const at = value.at();
          for (let l = 0; l < lanes; l++) values[total + l] = values[total + l]! + values[at + l]!;
        };
      case "product":
        return () => {
          const at = value.at();
          for (let l = 0; l < lanes; l++) values[total + l] = values[total + l]! * values[at + l]!;
        };
      case "minimum":
        return () => {
          const at = value.at();
          for (let l = 0; l < lanes; l++) values[total + l] = minimum(values[total + l]!, values[at + l]!);
        };
      case "maximum":
        return () => {
          const at = value.at();
          for (let l = 0; l < lanes; l++) values[total + l] = maximum(values[total + l]!, values[at + l]!);
        };
      default:
        return assertNever(op);
    }
  }

  #allocating({ over, target, ...of }: Extract<Statement, { kind: "allocate" }>): Work {
    const { lanes, memory, positions, values } = this;
    const size = over.to - over.from;
    const [amount, weight, cap] = [this.#value(of.amount), this.#value(of.weight), this.#value(of.cap)];
    const place = placeOf(positions, target, lanes);
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
