/**
 * Builds the loops and straight pieces of one statement.
 *
 * What does not change in a loop stands in a piece before it: expressions are computed in the outermost place where all that they read is
 * known, and kept in locals for the loops inside.
 */
import type { IrExpression, Loop, Place, Statement } from "../ir/program.ts";
import { loopRanges, overlaps, type SlotInterval, writtenUnder } from "../ir/slot-interval.ts";
import { partsOf } from "../ir/visit.ts";
import type { FunctionCode, Local } from "./encoding/function-code.ts";
import type { KernelContext } from "./kernel-context.ts";
import { loopSegments } from "./loop-segments.ts";
import { ExpressionLowering, type LoopPositions, type Outside, readSlots, type Value } from "./lower-expression.ts";
import { VECTOR_LANES } from "./vector/emit-piece.ts";
import type { LoopCounter, NodeId, VectorGraph } from "./vector/graph.ts";
import { type NestItem, Piece } from "./vector/nest.ts";

export type Bindings = Map<number, LoopCounter | number>;

/** The place before a loop that is being built. */
interface BeforeLoop {
  readonly piece: Piece;
  /** Locals of values that the loop uses. */
  readonly kept: Map<NodeId, readonly Local[]>;
  /** What the loop changes: slots, and values that `set` and `fold` give. */
  readonly written: readonly SlotInterval[];
  readonly given: ReadonlySet<number>;
}

/** Positions of a loop, and how many of them its body does at once. */
export interface Segment {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

export class NestBuilder {
  readonly context: KernelContext;
  readonly #code: FunctionCode;
  readonly #range: (loop: number) => Loop;
  readonly #outermost: BeforeLoop;
  /** By the depth at which they stand; those from the second on are before the loops that are open. */
  readonly #before: BeforeLoop[] = [];
  readonly #held: Local[] = [];
  readonly #pasts = new Map<string, LoopCounter>();
  /** Values that `set` gives and totals: their locals, and the depth at which they were given. */
  readonly #given = new Map<number, { readonly locals: readonly Local[]; readonly depth: number }>();
  /** Who is to be charged for what is built now. */
  owner: string;

  readonly #once: boolean;

  /** @param once whether the statement is executed once a run */
  constructor(context: KernelContext, code: FunctionCode, statement: Statement, owner: string, once: boolean) {
    this.context = context;
    this.#once = once;
    this.#code = code;
    this.#range = loopRanges(statement);
    this.owner = owner;
    this.#outermost = this.#beforeLoop([]);
  }

  /** Locals that have to be set before everything else, and how. */
  finish(items: NestItem[]): NestItem[] {
    for (const [key, counter] of this.#pasts) this.#setPast(key, counter);
    return [{ kind: "piece", piece: this.#outermost.piece }, ...items];
  }

  /** Gives all locals back. */
  release(): void {
    for (const local of this.#held) this.#code.release(local);
  }

  /**
   * Loops around items, each cut where conditions on its position change.
   *
   * @param statements what stands in the loops
   */
  nest(
    loops: readonly Loop[],
    around: Bindings,
    statements: readonly Statement[],
    body: (loops: Bindings) => NestItem[],
  ): NestItem[] {
    const [loop, ...inner] = loops;
    if (!loop) return body(around);
    return loopSegments(loop, statements).flatMap((segment) => {
      if (segment.to - segment.from === 1)
        return this.nest(inner, new Map(around).set(loop.id, segment.from), statements, body);
      return this.loop({ ...segment, step: 1 }, around, statements, (counter) =>
        this.nest(inner, new Map(around).set(loop.id, counter), statements, body),
      );
    });
  }

  /** One loop, and before it what does not change in it. */
  loop(
    { from, to, step }: Segment,
    around: Bindings,
    statements: readonly Statement[],
    body: (counter: LoopCounter) => NestItem[],
  ): NestItem[] {
    const depth = depthOfBindings(around);
    const before = this.#beforeLoop(statements);
    this.#before[depth] = before;
    const counter: LoopCounter = { local: this.#hold("i32"), depth: depth + 1, shift: 0, from, to };
    const items = body(counter);
    this.#before.length = depth;
    return [
      { kind: "piece", piece: before.piece },
      { kind: "loop", counter, step, body: items },
    ];
  }

  piece(loops: Bindings, build: (to: ExpressionLowering, piece: Piece) => void): NestItem {
    const piece = this.newPiece();
    build(this.lowering(piece, loops), piece);
    return { kind: "piece", piece };
  }

  newPiece(): Piece {
    return new Piece(this.context.pool, this.owner);
  }

  lowering(piece: Piece, loops: Bindings): ExpressionLowering {
    return this.#lowering(piece, loops, depthOfBindings(loops));
  }

  /** One local for each half. */
  vectors(): Local[] {
    return Array.from({ length: this.context.lanes / VECTOR_LANES }, () => this.#hold("v128"));
  }

  /** Keeps a value for `local`, or a total, under its number. */
  give(id: number, loops: Bindings): readonly Local[] {
    const locals = this.#given.get(id)?.locals ?? this.vectors();
    this.#given.set(id, { locals, depth: depthOfBindings(loops) });
    return locals;
  }

  /** The locals of a total. */
  total(id: number): readonly Local[] {
    return this.#given.get(id)!.locals;
  }

  /** Slots that a statement stores to under the loops of the whole. */
  written(s: Statement): readonly SlotInterval[] {
    return writtenUnder(s, this.#range);
  }

  #beforeLoop(statements: readonly Statement[]): BeforeLoop {
    return {
      piece: this.newPiece(),
      kept: new Map(),
      written: statements.flatMap((s) => this.written(s)),
      given: new Set(statements.flatMap(givenBy)),
    };
  }

  #lowering(piece: Piece, loops: Bindings, depth: number): ExpressionLowering {
    return new ExpressionLowering(this.context, piece.graph, loops, {
      past: (copies, lag) => this.#past(copies, lag),
      hoist: (e) => this.#hoist(e, loops, depth, piece.graph),
      once: this.#once,
      outside: (e) => this.#outside(e, loops, depth, piece.graph),
      local: (id) => piece.given.get(id) ?? piece.graph.local(this.#given.get(id)!.locals),
    });
  }

  /** The value of an expression that is not a mere read and changes only in outer loops, from before the innermost of the others. */
  #hoist(e: IrExpression, loops: Bindings, depth: number, graph: VectorGraph): Value | null {
    if (depth === 0 || partsOf(e).length === 0) return null;
    const outside = this.#outside(e, loops, depth, graph);
    const value = outside?.lowering.value(e);
    if (!outside || !value || value.kind === "known") return value ?? null;
    return { kind: value.kind, node: outside.keep(value.node) };
  }

  #outside(e: IrExpression, loops: Bindings, depth: number, graph: VectorGraph): Outside | null {
    const own = this.#depthOf(e, loops);
    if (own >= depth) return null;
    const { piece, kept } = this.#before[own]!;
    piece.owner = this.owner;
    const known = new Map([...loops].filter(([, at]) => typeof at === "number" || at.depth <= own));
    const keep = (node: NodeId): NodeId => {
      let locals = kept.get(node);
      if (!locals) {
        locals = this.vectors();
        kept.set(node, locals);
        piece.set(locals, node);
      }
      return graph.local(locals);
    };
    return { lowering: this.#lowering(piece, known, own), graph: piece.graph, keep };
  }

  /** Depth of the innermost loop that an expression changes with. */
  #depthOf(e: IrExpression, loops: LoopPositions): number {
    return Math.max(this.#ownDepthOf(e, loops), ...partsOf(e).map((part) => this.#depthOf(part, loops)));
  }

  #ownDepthOf(e: IrExpression, loops: LoopPositions): number {
    const at = (loop: number): number => {
      const position = loops.get(loop);
      return typeof position === "object" ? position.depth : 0;
    };
    const ofPlace = (place: Place): number =>
      Math.max(0, ...place.terms.map((t) => at(t.loop)), ...place.guards.map((g) => at(g.loop)));
    switch (e.kind) {
      case "load":
        return Math.max(ofPlace(e.place), this.#depthOfChange(readSlots(e.place, loops)));
      case "local":
        return Math.max(
          this.#given.get(e.id)?.depth ?? Number.POSITIVE_INFINITY,
          this.#innermost((before) => before.given.has(e.id)),
        );
      case "load-past":
        return ofPlace(e.place);
      case "lookup":
        return ofPlace(e.table);
      case "loop-value":
        return at(e.loop);
      default:
        return 0;
    }
  }

  /** Depth of the innermost open loop that stores to some slots. */
  #depthOfChange(slots: SlotInterval): number {
    return this.#innermost(({ written }) => written.some((w) => overlaps(slots, w)));
  }

  #innermost(changes: (before: BeforeLoop) => boolean): number {
    return this.#before.findLastIndex(changes) + 1;
  }

  #hold(type: "i32" | "v128"): Local {
    const local = this.#code.local(type);
    this.#held.push(local);
    return local;
  }

  #past(copies: number, lag: number): LoopCounter {
    const key = `${copies} ${lag}`;
    const counter = this.#pasts.get(key) ?? { local: this.#hold("i32"), depth: 0, shift: 0, from: 0, to: copies };
    this.#pasts.set(key, counter);
    return counter;
  }

  /** (step + copies - lag) mod copies */
  #setPast(key: string, { local }: LoopCounter): void {
    const [copies, lag] = key.split(" ").map(Number) as [number, number];
    const code = this.#code;
    code.indexed("global.get", this.context.stepGlobal);
    code.i32(copies - lag);
    code.op("i32.add");
    code.i32(copies);
    code.op("i32.rem_u");
    code.set(local);
  }
}

function depthOfBindings(loops: LoopPositions): number {
  let depth = 0;
  for (const at of loops.values()) if (typeof at !== "number") depth = Math.max(depth, at.depth);
  return depth;
}

function givenBy(s: Statement): number[] {
  switch (s.kind) {
    case "set":
      return [s.id];
    case "fold":
      return [s.total];
    case "fused":
      return [...s.totals.map((t) => t.id), ...s.body.flatMap((d) => d.statements.flatMap(givenBy))];
    default:
      return [];
  }
}
