/** What a machine that interprets a program needs beside its memory. */
import { assertNever } from "../diagnostics/diagnostic.ts";
import { NEUTRAL } from "./arithmetic.ts";
import type { IrExpression, Loop, Program, Statement } from "./program.ts";
import { statementsOf } from "./visit.ts";

/** Tells zeros of either sign apart. */
export const constantKey = (value: number): number | "-0" => (Object.is(value, -0) ? "-0" : value);

export class MachineNeeds {
  /** Loops of a statement at most, those inside included. */
  loops = 0;
  /** Values that are at hand at once, at most, while an expression is computed; a reduction has its total below them. */
  depth = 1;
  /** Values that fused loops keep. */
  locals = 0;
  /** Those of expressions, and what reductions begin with. */
  readonly constants = new Map<number | "-0", number>(Object.values(NEUTRAL).map((value) => [value, value]));

  constructor(program: Program) {
    for (const s of statementsOf(program)) this.#statement(s);
    if (program.stage === program.step) return;
    for (const { statements } of program.stage) for (const s of statements) this.#statement(s);
  }

  #statement(s: Statement): void {
    switch (s.kind) {
      case "assign":
      case "keep-maximum":
        for (const loop of s.loops) this.#loop(loop);
        return this.#expression(s.value);
      case "reduce":
        for (const loop of s.loops) this.#loop(loop);
        this.#loop(s.over);
        return this.#expression(s.value);
      case "allocate":
        for (const loop of s.loops) this.#loop(loop);
        this.#loop(s.over);
        this.#expression(s.amount);
        this.#expression(s.weight);
        return this.#expression(s.cap);
      case "fused":
        this.#loop(s.loop);
        for (const { id } of s.totals) this.locals = Math.max(this.locals, id + 1);
        for (const { statements } of s.body) for (const inside of statements) this.#statement(inside);
        return;
      case "repeat":
        this.#loop(s.loop);
        for (const inside of s.body) this.#statement(inside);
        return;
      case "set":
        this.locals = Math.max(this.locals, s.id + 1);
        return this.#expression(s.value);
      case "fold":
        return this.#expression(s.value);
      case "copy":
      case "keep-past":
      case "fill-past":
        return;
      default:
        return assertNever(s);
    }
  }

  #loop({ id }: Loop): void {
    if (id >= this.loops) this.loops = id + 1;
  }

  #expression(e: IrExpression): void {
    const depth = 1 + this.#depthOf(e);
    if (depth > this.depth) this.depth = depth;
  }

  /** Values at hand while an expression is computed, its own included; that of its first part takes its place. */
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
      case "load-past":
        return this.#depthOf(e.lag);
      case "lookup":
        return this.#depthOf(e.x);
      case "unary":
        return this.#depthOf(e.operand);
      case "power-integer":
        return this.#depthOf(e.base);
      case "binary":
        return Math.max(this.#depthOf(e.left), 1 + this.#depthOf(e.right));
      case "select": {
        const branches = Math.max(1 + this.#depthOf(e.ifTrue), 2 + this.#depthOf(e.ifFalse));
        return Math.max(this.#depthOf(e.condition), branches);
      }
      default:
        return assertNever(e);
    }
  }
}
