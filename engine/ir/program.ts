/**
 * The typed program that a checked model is lowered to. The interpreter executes it, and every faster form must give the
 * same bits.
 *
 * All values of one run live in numbered slots. A statement runs its loops, the first outermost, and stores one value for
 * each combination, in this order: a later combination may read what an earlier one stored (`x[age - 1]`). Expressions are
 * scalar and have no side effects; a value that is not chosen by `select` never counts.
 */
import type { BinaryOp, ReduceOp, UnaryOp } from "../model/term.ts";

/**
 * Operations of one number: those of terms, and the parts of a split exponential (`exp-significand`, `exp-exponent`), which only the
 * numerics edition `factors` has.
 */
export type IrUnaryOp = UnaryOp | "exp-significand" | "exp-exponent";
/** Operations of two numbers: those of terms, and `scale`, the first number times 4 to the second. */
export type IrBinaryOp = BinaryOp | "scale";

/** A loop over the positions `from … to - 1`; `id` is unique in its outermost statement. */
export interface Loop {
  readonly id: number;
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** A slot: `base` plus, for each loop named, its position times a stride. */
export interface Place {
  readonly base: number;
  readonly terms: readonly { readonly loop: number; readonly stride: number }[];
  /** Positions that must lie inside their dimension; outside, a read gives 0. */
  readonly guards: readonly { readonly loop: number; readonly offset: number; readonly size: number }[];
}

export type IrExpression =
  | { readonly kind: "constant"; readonly value: number }
  | { readonly kind: "load"; readonly place: Place }
  /**
   * The value `lag` steps ago, of `copies` copies that are `stride` slots apart: that of step s lies in copy s mod `copies`.
   * `lag` is a whole number from 1 to `copies` - 1, or NaN, which gives NaN; it may differ from lane to lane.
   */
  | {
      readonly kind: "load-past";
      readonly place: Place;
      readonly copies: number;
      readonly stride: number;
      readonly lag: IrExpression;
    }
  /** What `set` gave under this number in the same fused loop or in one around it, or a total after its loop. */
  | { readonly kind: "local"; readonly id: number }
  /** A loop's position plus `offset`, as a number. */
  | { readonly kind: "loop-value"; readonly loop: number; readonly offset: number }
  | { readonly kind: "time" }
  | { readonly kind: "unary"; readonly op: IrUnaryOp; readonly operand: IrExpression }
  | { readonly kind: "power-integer"; readonly base: IrExpression; readonly exponent: number }
  | { readonly kind: "binary"; readonly op: IrBinaryOp; readonly left: IrExpression; readonly right: IrExpression }
  | {
      readonly kind: "select";
      readonly condition: IrExpression;
      readonly ifTrue: IrExpression;
      readonly ifFalse: IrExpression;
    }
  /** A table of `tables`; for a table per element, the number of the table is a place with base in table numbers. */
  | { readonly kind: "lookup"; readonly table: Place; readonly x: IrExpression };

export type Statement =
  | { readonly kind: "assign"; readonly loops: readonly Loop[]; readonly target: Place; readonly value: IrExpression }
  | {
      readonly kind: "reduce";
      readonly op: ReduceOp;
      readonly loops: readonly Loop[];
      /** Run through inside `loops`, in order, starting from the neutral value. */
      readonly over: Loop;
      readonly target: Place;
      readonly value: IrExpression;
    }
  | {
      readonly kind: "allocate";
      readonly loops: readonly Loop[];
      readonly over: Loop;
      /** Has `over` among its terms. */
      readonly target: Place;
      readonly amount: IrExpression;
      readonly weight: IrExpression;
      readonly cap: IrExpression;
    }
  /** Keeps the value of step s for `load-past`: copies `size` slots to copy s mod `copies`. */
  | {
      readonly kind: "keep-past";
      readonly from: number;
      readonly to: number;
      readonly size: number;
      readonly copies: number;
    }
  /** Fills all copies with one value, at the start. */
  | {
      readonly kind: "fill-past";
      readonly from: number;
      readonly to: number;
      readonly size: number;
      readonly copies: number;
    }
  | { readonly kind: "copy"; readonly from: number; readonly to: number; readonly size: number }
  /** Keeps the larger of what is there and the value, for residuals. */
  | {
      readonly kind: "keep-maximum";
      readonly loops: readonly Loop[];
      readonly target: number;
      readonly value: IrExpression;
    }
  /**
   * Definitions one after the other at each position of a loop, which their places may name. Each total begins with the neutral value, is
   * added to by `fold`, and is stored after the last position.
   */
  | {
      readonly kind: "fused";
      readonly loop: Loop;
      readonly totals: readonly Total[];
      readonly body: readonly Definition[];
    }
  /** Statements one after the other, as often as the loop has positions; what one round stores, the next one reads. */
  | { readonly kind: "repeat"; readonly loop: Loop; readonly body: readonly Statement[] }
  /** In a fused loop: a value that is kept for `local`, and not stored. */
  | { readonly kind: "set"; readonly id: number; readonly value: IrExpression }
  /** In a fused loop: one more value of a total. */
  | { readonly kind: "fold"; readonly total: number; readonly op: ReduceOp; readonly value: IrExpression };

/** A reduction over the positions of a fused loop. `id` is unique in the outermost statement, among totals and what `set` gives. */
export interface Total {
  readonly id: number;
  readonly op: ReduceOp;
  /** Null if only the fused loop around reads it, as `local`. */
  readonly target: Place | null;
}

/** One or more statements that together compute one variable or hidden value. */
export interface Definition {
  /** Name of the variable; hidden values carry their owner's name. */
  readonly name: string;
  readonly hidden: boolean;
  readonly statements: readonly Statement[];
}

export interface SlotRange {
  readonly name: string;
  readonly kind: "parameter" | "lever" | "stock" | "flow" | "auxiliary" | "series" | "noise" | "hidden";
  readonly base: number;
  readonly size: number;
  /** Keys of the elements (`kunming|urban`), for a variable that has a shape. */
  readonly keys: readonly string[] | null;
}

/** Points of a lookup or series; x never falls. See `lookup` in arithmetic.ts for the modes. */
export interface Table {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly mode: "linear" | "previous" | "next" | "extrapolate";
}

export interface NoiseSlots {
  readonly name: string;
  /** Names of the elements' streams: `name` or `name[element]`. */
  readonly streams: readonly string[];
  readonly process: "ar1" | "random_walk" | "normal" | "uniform" | "markov";
  /** Slots of the noise itself, and its value at the start. */
  readonly state: number;
  readonly initial: number;
  /** Slots of the innovations: standard normal, or uniform for a Markov and a uniform process. */
  readonly innovation: number;
  readonly size: number;
  readonly everySteps: number;
  readonly firstStep: number;
  readonly firstIndex: number;
  /** Computes the new value from the old one and the innovation. */
  readonly update: readonly Statement[];
}

export interface EventBlock {
  readonly name: string;
  readonly everySteps: number;
  readonly firstStep: number;
  readonly definitions: readonly Definition[];
}

export interface IdentityBlock {
  readonly name: string;
  readonly tolerance: number;
  /** Slot of the largest residual so far. */
  readonly residual: number;
  readonly statements: readonly Statement[];
}

/** A variable read once a save interval. */
export interface OutputSlots {
  readonly name: string;
  readonly base: number;
  readonly size: number;
  readonly reading: "end" | "total" | "mean";
  /** Slots of the integral since the last save, or -1. They are integrated like stocks, and set to 0 after a save. */
  readonly integral: number;
}

export interface LeverSlots {
  readonly name: string;
  readonly initial: number;
  /** Slots of the scenario's setting. */
  readonly set: number;
  readonly from: number;
  readonly to: number;
  readonly lag: number;
}

/** A stock or an integral: its slots, and those of its net flow. */
export interface StockSlots {
  readonly name: string;
  readonly base: number;
  readonly size: number;
  readonly net: number;
  /** Whether statements of the step integrate it (passes/integrate-in-step.ts), and not the clock after the step. */
  readonly inStep?: boolean;
}

export interface Program {
  readonly slotCount: number;
  readonly slots: readonly SlotRange[];
  readonly tables: readonly Table[];
  readonly clock: {
    readonly start: number;
    readonly stepNumerator: number;
    readonly stepDenominator: number;
    readonly steps: number;
    readonly stepsPerSave: number;
  };
  readonly method: "euler" | "rk2" | "rk4";
  readonly levers: readonly LeverSlots[];
  readonly noise: readonly NoiseSlots[];
  /** Statements that correlate the innovations, before any update; run whenever innovations are new. */
  readonly correlate: readonly Statement[];
  /** Depends on parameters alone. */
  readonly constants: readonly Definition[];
  /** Values at the start: stocks, `initial(…)`, and what they need. */
  readonly initial: readonly Definition[];
  /**
   * What the last event and the step have in common, with Euler's method: computed before the first step of a run (or of a part of one), and
   * at the end of each step, when everything but that event has happened; `step` goes on from there.
   */
  readonly ahead: readonly Definition[];
  /** Auxiliaries, flows and net flows of every step, but for those of `ahead`. */
  readonly step: readonly Definition[];
  /**
   * What is computed again in the stages of rk2 and rk4: `step` without the values that change once a step; the same array
   * where there are none.
   */
  readonly stage: readonly Definition[];
  /** Kept for `load-past`, once a step, when the step's values are known and before the stocks move. */
  readonly past: readonly Statement[];
  readonly stocks: readonly StockSlots[];
  /** A slot that is a NaN once a stock that the step itself integrates, or its net flow, is not finite; without such stocks left out. */
  readonly finite?: number;
  readonly events: readonly EventBlock[];
  readonly identities: readonly IdentityBlock[];
  readonly outputs: readonly OutputSlots[];
}
