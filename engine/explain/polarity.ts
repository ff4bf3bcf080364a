/**
 * The sign of a link at the start of a run: a variable is raised a little in every element, and only the equation that
 * reads it is computed again. A link may have another sign elsewhere; the sign is that of the base state.
 *
 * Where that changes nothing and the equation looks at the past or at hidden stocks (a delay, a smooth), the variable is kept raised and
 * the hidden stocks and pasts move on; the sign is that of the whole response, over the steps of the run.
 */
import { Interpreter } from "../ir/interpreter.ts";
import type { Definition, IrExpression, Place, Program, Statement } from "../ir/program.ts";
import type { Link } from "./links.ts";

/** `+` both move the same way, `-` opposite ways, `±` some elements each way, `0` not at all at the start. */
export type Polarity = "+" | "-" | "±" | "0";

/** Size of the push, relative to the value (absolute where the value is 0). */
const PUSH = 1e-4;
/** Steps that a response through delays is followed for; more would only confirm the sign. */
const MOST_STEPS = 2000;
/** Changes below this share of the largest one are rounding. */
const NOISE = 1e-9;

/** Computes signs of links on the state of a machine that stands at its first step. */
export class PolarityProbe {
  readonly #program: Program;
  readonly #machine: Interpreter;
  readonly #writers: ReadonlyMap<Definition, readonly Range[]>;

  /** @param machine one lane, after `constants`, `initial` and `step` have run */
  constructor(program: Program, machine: Interpreter) {
    this.#program = program;
    this.#machine = machine;
    this.#writers = new Map(program.step.map((d) => [d, d.statements.flatMap(writtenRanges)]));
  }

  of(link: Link): Polarity {
    const source = this.#slots(link.from);
    const target = this.#effect(link);
    if (!source || !target) return "0";
    const { memory } = this.#machine;
    const before = memory.slice();
    this.#push(source);
    this.#machine.run(target.definitions);
    const changes = memory.slice(target.base, target.base + target.size).map((v, i) => v - before[target.base + i]!);
    memory.set(before);
    const now = polarityOf(changes);
    return now === "0" ? this.#laterEffect(source, target) : now;
  }

  #push({ base, size }: Range): void {
    const { memory } = this.#machine;
    for (let slot = base; slot < base + size; slot++) {
      const value = memory[slot]!;
      memory[slot] = value === 0 ? PUSH : value + Math.abs(value) * PUSH;
    }
  }

  /** The effect through delays: what the target is more with the push than without, step by step, added up. */
  #laterEffect(source: Range, target: Effect): Polarity {
    const past = this.#pastOf(target.definitions);
    if (past.stocks.length + past.kept.length === 0) return "0";
    const without = this.#response(target, past);
    const { memory } = this.#machine;
    const before = memory.slice();
    this.#push(source);
    const withPush = this.#response(target, past);
    memory.set(before);
    return polarityOf(withPush.map((value, i) => value - without[i]!));
  }

  /** The sum of the target's values over the run, while only hidden stocks and pasts move on. */
  #response(target: Range, { definitions, stocks, kept }: Past): Float64Array {
    const machine = this.#machine;
    const { memory } = machine;
    const before = memory.slice();
    const { steps, stepNumerator, stepDenominator } = this.#program.clock;
    const dt = stepNumerator / stepDenominator;
    const sums = new Float64Array(target.size);
    machine.run(definitions);
    for (let step = 0; step < Math.min(steps, MOST_STEPS); step++) {
      machine.step = step;
      for (const statement of kept) machine.execute(statement);
      for (const { base, net, size } of stocks)
        for (let i = 0; i < size; i++) memory[base + i] = memory[base + i]! + dt * memory[net + i]!;
      machine.step = step + 1;
      machine.run(definitions);
      for (let i = 0; i < target.size; i++) sums[i] = sums[i]! + memory[target.base + i]!;
    }
    machine.step = 0;
    memory.set(before);
    return sums;
  }

  /** Hidden stocks and kept pasts that definitions read, and all hidden definitions that move them. */
  #pastOf(own: readonly Definition[]): Past {
    const { stocks, past, slots, step } = this.#program;
    const hidden = stocks.filter((stock) => slots.find((s) => s.base === stock.base)?.kind === "hidden");
    const needed = new Set<Definition>(own);
    const [moved, kept] = [new Set<Stock>(), new Set<Statement>()];
    for (let size = -1; size !== needed.size + moved.size + kept.size; ) {
      size = needed.size + moved.size + kept.size;
      const reads = [...needed].flatMap((d) => d.statements.flatMap(readRanges));
      for (const stock of hidden) if (reads.some((r) => overlaps(r, stock))) moved.add(stock);
      for (const s of past) {
        if (s.kind !== "keep-past") continue;
        if (reads.some((r) => overlaps(r, { base: s.to, size: s.size * s.copies }))) kept.add(s);
      }
      for (const stock of moved) reads.push({ base: stock.net, size: stock.size });
      for (const s of kept) if (s.kind === "keep-past") reads.push({ base: s.from, size: s.size });
      for (const d of step) {
        if (d.hidden && this.#writers.get(d)!.some((w) => reads.some((r) => overlaps(w, r)))) needed.add(d);
      }
    }
    return { definitions: step.filter((d) => needed.has(d)), stocks: [...moved], kept: [...kept] };
  }

  #slots(name: string): Range | null {
    return this.#program.slots.find((s) => s.name === name && s.kind !== "hidden") ?? null;
  }

  /** The slots where the link's effect shows, and the definitions to compute again; for a stock, its net flow. */
  #effect(link: Link): Effect | null {
    const stock = this.#program.stocks.find((s) => s.name === link.to && this.#slots(link.to)?.base === s.base);
    const range = link.kind === "flow" && stock ? { base: stock.net, size: stock.size } : this.#slots(link.to);
    if (!range) return null;
    const own = this.#program.step.filter((d) => this.#writers.get(d)!.some((w) => overlaps(w, range)));
    return own.length === 0 ? null : { ...range, definitions: this.#withHidden(own) };
  }

  /** Definitions and the hidden ones they read, in causal order; other variables keep their values. */
  #withHidden(own: readonly Definition[]): Definition[] {
    const needed = new Set<Definition>(own);
    const stack = [...own];
    for (let definition = stack.pop(); definition; definition = stack.pop()) {
      const reads = definition.statements.flatMap(readRanges);
      for (const other of this.#program.step) {
        if (
          !other.hidden ||
          needed.has(other) ||
          !this.#writers.get(other)!.some((w) => reads.some((r) => overlaps(w, r)))
        )
          continue;
        needed.add(other);
        stack.push(other);
      }
    }
    return this.#program.step.filter((d) => needed.has(d));
  }
}

/** A machine of one lane at central values and its first step. */
export function machineAtStart(program: Program, load: (memory: Float64Array) => void): Interpreter {
  const machine = new Interpreter(program, 1);
  load(machine.memory);
  for (const noise of program.noise) machine.memory.fill(noise.initial, noise.state, noise.state + noise.size);
  machine.time = program.clock.start;
  machine.run(program.constants);
  machine.run(program.initial);
  machine.run(program.step);
  return machine;
}

interface Range {
  readonly base: number;
  readonly size: number;
}

interface Effect extends Range {
  readonly definitions: readonly Definition[];
}

type Stock = Program["stocks"][number];

/** What of the past a definition depends on. */
interface Past {
  readonly definitions: readonly Definition[];
  readonly stocks: readonly Stock[];
  readonly kept: readonly Statement[];
}

/** The sign of changes of several elements. */
function polarityOf(changes: Float64Array): Polarity {
  let [up, down] = [0, 0];
  for (const change of changes) {
    if (change > 0) up += change;
    else down -= change;
  }
  const largest = Math.max(up, down);
  if (largest === 0 || !Number.isFinite(largest)) return "0";
  if (down <= largest * NOISE) return "+";
  if (up <= largest * NOISE) return "-";
  return "±";
}

const overlaps = (a: Range, b: Range): boolean => a.base < b.base + b.size && b.base < a.base + a.size;

/** The slots from the first to the last that a place can stand for under a statement's loops. */
function rangeOf(place: Place, statement: Statement): Range {
  const loops = "loops" in statement ? [...statement.loops, ...("over" in statement ? [statement.over] : [])] : [];
  let [first, last] = [place.base, place.base];
  for (const { loop, stride } of place.terms) {
    const range = loops.find((l) => l.id === loop);
    if (!range) continue;
    first += range.from * stride;
    last += (range.to - 1) * stride;
  }
  return { base: first, size: last - first + 1 };
}

function writtenRanges(statement: Statement): Range[] {
  if (statement.kind === "repeat") return statement.body.flatMap(writtenRanges);
  if (!("target" in statement)) return [];
  if (typeof statement.target === "number") return [];
  return [rangeOf(statement.target, statement)];
}

function readRanges(statement: Statement): Range[] {
  if (statement.kind === "repeat") return statement.body.flatMap(readRanges);
  const ranges: Range[] = [];
  const visit = (part: unknown): void => {
    if (typeof part !== "object" || part === null || !("kind" in part)) return;
    const e = part as IrExpression;
    if (e.kind === "load") ranges.push(rangeOf(e.place, statement));
    if (e.kind === "load-past") {
      const { base, size } = rangeOf(e.place, statement);
      ranges.push({ base, size: size + (e.copies - 1) * e.stride });
    }
    for (const value of Object.values(e)) visit(value);
  };
  if ("value" in statement) visit(statement.value);
  if (statement.kind === "allocate")
    for (const part of [statement.amount, statement.weight, statement.cap]) visit(part);
  return ranges;
}
