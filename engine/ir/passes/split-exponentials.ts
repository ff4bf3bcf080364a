/** Exponentials of sums as products of split exponentials. A rewrite that changes rounding. */
import { mapParts, mapStatement, mapSteps } from "../map-expression.ts";
import type { Definition, IrExpression, Loop, Program, Statement } from "../program.ts";
import { loopsOf } from "../slot-interval.ts";
import { usedLoops } from "../visit.ts";
import { type Addend, addendsOf, sumOf } from "./addends.ts";
import { RunInvariance } from "./run-invariance.ts";
import { StepDefinitions } from "./step-definitions.ts";

/**
 * Writes exp(U + V) of a step, where V does not change in a run or both change with fewer loops than their sum, as `scale(sU · sV, kU + kV)`, with
 * exp(x) = s · 4^k (numerics/split-exp.ts): then the passes that follow compute sV and kV once a run, or sU and kU once for each position of
 * their loops, and what is left for each combination is a product, a sum and a scale. Addends are looked for in the values that the sum reads too.
 *
 * Addends are put together by what they change with: those that do not change in a run, and those that change with the same loops or fewer. An
 * exponential stays where one such group changes with all of its loops, and where the groups have more than half as many values as the sum.
 *
 * Overflow and underflow are those of the sum, and so are infinities and NaN; but an addend, or a sum of addends, beyond ±2^30 counts as infinite.
 * Relative error with n groups: below (2.3 n + Σ |sums on the way|) 2^-53, and half the smallest number where the result is subnormal (tested).
 */
export function splitExponentials(program: Program): Program {
  const splitting = new Splitting(program);
  const split = new Map(program.step.map((d) => [d.statements, d.statements.map((s) => splitting.statement(s))]));
  const definition = (d: Definition): Definition => ({ ...d, statements: split.get(d.statements) ?? d.statements });
  // Events have what they need of the step in common with it.
  const events = program.events.map((e) => ({ ...e, definitions: e.definitions.map(definition) }));
  return { ...mapSteps(program, definition), events };
}

/** Addends that change together. */
interface Group {
  readonly addends: readonly Addend[];
  readonly isInvariant: boolean;
  /** Numbers of the loops that it changes with. */
  readonly loops: ReadonlySet<number>;
}

/** Values that are looked through for one exponential: more have sums that repeat themselves. */
const MOST_VALUES = 64;
/** Of an exponential's time, what is left for each combination is less than half. */
const SHARE_LEFT = 0.5;

class Splitting {
  readonly #invariance: RunInvariance;
  readonly #definitions: StepDefinitions;

  constructor(program: Program) {
    this.#invariance = new RunInvariance(program);
    this.#definitions = new StepDefinitions(program);
  }

  statement(s: Statement): Statement {
    if (s.kind !== "assign" && s.kind !== "reduce") return s;
    const map = (e: IrExpression): IrExpression => {
      const mapped = mapParts(e, map);
      return mapped.kind === "unary" && mapped.op === "exp" ? (this.#split(mapped.operand, s) ?? mapped) : mapped;
    };
    return mapStatement(s, map);
  }

  /** The exponential of an expression in parts; null if it is better left as it is. */
  #split(argument: IrExpression, s: Statement): IrExpression | null {
    const loops = loopsOf(s);
    const groups = grouped(this.#addends(argument, s).map((a) => this.#alone(a, loops)));
    const own = new Set(groups.flatMap((g) => [...g.loops]));
    const size = (of: ReadonlySet<number>) => loops.reduce((n, l) => (of.has(l.id) ? n * (l.to - l.from) : n), 1);
    const values = groups.reduce((n, g) => (g.isInvariant ? n : n + size(g.loops)), 0);
    if (groups.length < 2 || values > SHARE_LEFT * size(own)) return null;
    // What changes with outer loops alone comes first, so that it can be computed there.
    const depth = (g: Group) => loops.findLastIndex((l) => g.loops.has(l.id));
    const sums = groups.toSorted((a, b) => depth(a) - depth(b)).map((g) => sumOf(g.addends));
    return {
      kind: "binary",
      op: "scale",
      left: sums.map((sum): IrExpression => ({ kind: "unary", op: "exp-significand", operand: sum })).reduce(product),
      right: sums.map((sum): IrExpression => ({ kind: "unary", op: "exp-exponent", operand: sum })).reduce(total),
    };
  }

  #addends(argument: IrExpression, s: Statement): readonly Addend[] {
    const loops = loopsOf(s);
    const isOne = (e: IrExpression) => this.#invariance.holds(e, loops);
    let left = MOST_VALUES;
    const look = (e: IrExpression): readonly Addend[] | null => {
      if (e.kind !== "load" || left-- <= 0) return null;
      const value = this.#definitions.expressionAt(e.place, s);
      if (value === null) return null;
      const addends = addendsOf(value, isOne, look);
      const whole = usedLoops(e);
      // A value that changes as its addends do is better read than computed again.
      const isFiner = addends.every(({ value: v }) => isOne(v) || !contains(usedLoops(v), whole));
      return isFiner ? addends : null;
    };
    return addendsOf(argument, isOne, look);
  }

  #alone(addend: Addend, loops: readonly Loop[]): Group {
    const isInvariant = this.#invariance.holds(addend.value, loops);
    return { addends: [addend], isInvariant, loops: usedLoops(addend.value) };
  }
}

/** Groups of one addend each put together, as few as there can be without one that changes with more loops. */
function grouped(alone: readonly Group[]): readonly Group[] {
  const invariant = alone.filter((g) => g.isInvariant);
  // The largest first, which take in those with fewer loops.
  const changing = alone.filter((g) => !g.isInvariant).toSorted((a, b) => b.loops.size - a.loops.size);
  const all = invariant.length > 0 ? [...changing, invariant.reduce(joined)] : changing;
  const groups: Group[] = [];
  for (const group of all) {
    const i = groups.findIndex((g) => contains(g.loops, group.loops));
    if (i < 0) groups.push(group);
    else groups[i] = joined(groups[i]!, group);
  }
  return groups;
}

const joined = (a: Group, b: Group): Group => ({
  addends: [...a.addends, ...b.addends],
  isInvariant: a.isInvariant && b.isInvariant,
  loops: new Set([...a.loops, ...b.loops]),
});

const contains = (all: ReadonlySet<number>, some: ReadonlySet<number>): boolean => [...some].every((l) => all.has(l));

const product = (left: IrExpression, right: IrExpression): IrExpression => ({
  kind: "binary",
  op: "multiply",
  left,
  right,
});
const total = (left: IrExpression, right: IrExpression): IrExpression => ({ kind: "binary", op: "add", left, right });
