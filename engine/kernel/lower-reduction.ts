/** Reductions to loops that add up several totals at once. */
import { InternalError } from "../diagnostics/diagnostic.ts";
import { NEUTRAL } from "../ir/arithmetic.ts";
import type { Statement } from "../ir/program.ts";
import { loopRanges, overlaps, slotInterval, writtenUnder } from "../ir/slot-interval.ts";
import { visitStatement } from "../ir/visit.ts";
import type { ReduceOp } from "../model/term.ts";
import { loopSegments } from "./loop-segments.ts";
import { extreme } from "./lower-expression.ts";
import type { Bindings, NestBuilder } from "./nest-builder.ts";
import type { LoopCounter, NodeId, VectorGraph } from "./vector/graph.ts";
import type { NestItem } from "./vector/nest.ts";

type Reduce = Extract<Statement, { kind: "reduce" }>;

/** Sums that are added up at once: four of two vectors fill the pipeline of an adder and leave registers for the rest. */
const MOST_TOGETHER = 4;

/**
 * A reduction, several positions of its innermost loop at once: one sum waits for each addition, several keep the processor busy, and
 * what they read in common is read once. Each sum is added up in its own order, so no bit changes.
 */
export function lowerReduction(nest: NestBuilder, s: Reduce, around: Bindings, mayReadItself: boolean): NestItem[] {
  const outer = s.loops.slice(0, -1);
  return nest.nest(outer, around, [s], (loops) => reduce(nest, s, loops, mayReadItself));
}

function reduce(nest: NestBuilder, s: Reduce, around: Bindings, mayReadItself: boolean): NestItem[] {
  const last = s.loops.at(-1);
  if (!last) return reduceAt(nest, s, [around]);
  return loopSegments(last, [s]).flatMap((segment) => {
    const together = mayReadItself ? 1 : positionsTogether(segment.to - segment.from);
    const at = (position: number | LoopCounter): Bindings => new Map(around).set(last.id, position);
    if (segment.to - segment.from === together) {
      const positions = Array.from({ length: together }, (_, i) => at(segment.from + i));
      return reduceAt(nest, s, positions);
    }
    return nest.loop({ ...segment, step: together }, around, [s], (counter) => {
      const shifted = Array.from({ length: together }, (_, shift) => at(shiftedCounter(counter, shift, together)));
      return reduceAt(nest, s, shifted);
    });
  });
}

function reduceAt(nest: NestBuilder, s: Reduce, positions: readonly Bindings[]): NestItem[] {
  const totals = positions.map(() => nest.vectors());
  const start = nest.piece(positions[0]!, (_, piece) => {
    for (const total of totals) piece.set(total, piece.graph.constant(NEUTRAL[s.op]));
  });
  const folds = nest.nest([s.over], positions[0]!, [s], (first) => {
    const piece = nest.newPiece();
    for (const [i, position] of positions.entries()) {
      const loops = new Map(position).set(s.over.id, first.get(s.over.id)!);
      const value = nest.lowering(piece, loops).number(s.value);
      piece.set(totals[i]!, foldNode(piece.graph, s.op, piece.graph.local(totals[i]!), value));
    }
    return [{ kind: "piece", piece }];
  });
  const ends = positions.map((position, i) =>
    nest.piece(position, (to, piece) => piece.store(to.slot(s.target), piece.graph.local(totals[i]!))),
  );
  return [start, ...folds, ...ends];
}

/** The largest divisor of a number of positions that is not above `MOST_TOGETHER`. */
function positionsTogether(positions: number): number {
  for (let n = Math.min(MOST_TOGETHER, positions); n > 1; n--) if (positions % n === 0) return n;
  return 1;
}

function shiftedCounter(counter: LoopCounter, shift: number, step: number): LoopCounter {
  return { ...counter, shift, from: counter.from + shift, to: counter.to - step + shift + 1 };
}

/** Whether a statement may read what it stores itself, so that its positions have to be computed one after the other. */
export function readsItself(s: Statement, around: Statement = s): boolean {
  const range = loopRanges(around);
  const written = writtenUnder(s, range);
  let found = false;
  visitStatement(s, (e) => {
    if (e.kind === "load" && written.some((w) => overlaps(slotInterval(e.place, range), w))) found = true;
  });
  return found;
}

export function foldNode(g: VectorGraph, op: ReduceOp, total: NodeId, value: NodeId): NodeId {
  switch (op) {
    case "sum":
      return g.add(total, value);
    case "product":
      return g.multiply(total, value);
    case "minimum":
      return extreme(g, "min", total, value, null);
    case "maximum":
      return extreme(g, "max", total, value, null);
    default:
      throw new InternalError(`no reduction ${op satisfies never}`);
  }
}
