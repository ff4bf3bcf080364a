/** Loops over ranges of values, element by element, with a check that they are finite. */
import type { FunctionCode, Local } from "./encoding/function-code.ts";
import type { KernelContext } from "./kernel-context.ts";
import { NestEmitter, termsKey } from "./vector/emit-nest.ts";
import { VECTOR_LANES } from "./vector/emit-piece.ts";
import {
  type Address,
  type LoopCounter,
  NO_POINTER,
  type NodeId,
  type Pointer,
  type VectorGraph,
} from "./vector/graph.ts";
import { type NestItem, Piece } from "./vector/nest.ts";

export interface CellEffects {
  readonly store: (address: Address, value: NodeId) => void;
  /** Marks the lanes in which a value is not finite. */
  readonly check: (value: NodeId) => void;
}

/** What is done for each element of a range. */
export interface Cells {
  readonly size: number;
  /** `at(offset)` is the address of the element whose range begins at an offset; `around` is a pointer to add. */
  readonly build: (g: VectorGraph, at: (offset: number, around?: Pointer) => Address, effects: CellEffects) => void;
}

/**
 * Emits ranges one after the other. Where something was checked, the step number is put into the status of each lane
 * that had no failure before.
 */
export function emitCells(context: KernelContext, code: FunctionCode, ranges: readonly Cells[]): void {
  const { layout, lanes } = context;
  const halves = lanes / VECTOR_LANES;
  const found = Array.from({ length: halves }, () => code.local("v128"));
  const index = code.local("i32");
  let checks = false;
  const piece = (range: Cells, counter: LoopCounter | null): NestItem => {
    const item = new Piece(context.pool);
    const at = (offset: number, around?: Pointer): Address => {
      const terms = [...(around?.terms ?? []), ...(counter ? [{ counter, bytes: layout.value }] : [])];
      return { pointer: { key: termsKey(terms), terms, guards: [], fixed: 0 }, offset };
    };
    const checked: NodeId[] = [];
    range.build(item.graph, at, { store: (a, v) => item.store(a, v), check: (v) => checked.push(v) });
    if (checked.length > 0) {
      checks = true;
      const g = item.graph;
      // x · 0 is 0 or NaN; the union of bits is a NaN if one of them is.
      const bits = checked.map((v) => g.multiply(v, g.constant(0)));
      item.set(
        found,
        bits.reduce((all, b) => g.operation("v128.or", all, b), g.local(found)),
      );
    }
    return { kind: "piece", piece: item };
  };
  const items = ranges.map((range): NestItem => {
    if (range.size === 1) return piece(range, null);
    const counter: LoopCounter = { local: index, depth: 1, shift: 0, from: 0, to: range.size };
    return { kind: "loop", counter, step: 1, body: [piece(range, counter)] };
  });
  if (checks) items.push({ kind: "piece", piece: markStep(context, code, found) });
  // A local begins as 0 in every call.
  new NestEmitter(code, layout, context.form).emit(items);
}

/** Where `found` is a NaN and the status still says never (+Infinity), the status becomes the step. */
function markStep({ layout, pool, stepGlobal }: KernelContext, code: FunctionCode, found: readonly Local[]): Piece {
  const local = code.local("i32");
  code.indexed("global.get", stepGlobal);
  code.set(local);
  const piece = new Piece(pool);
  const g = piece.graph;
  const status: Address = { pointer: NO_POINTER, offset: layout.nonFinite };
  const before = g.load(status);
  const marks = g.local(found);
  const failed = g.operation("f64x2.ne", marks, marks);
  const first = g.operation("v128.and", failed, g.operation("f64x2.eq", before, g.constant(Number.POSITIVE_INFINITY)));
  const step = g.position({ local, depth: 0, shift: 0, from: 0, to: 1 }, 0);
  piece.store(status, g.choose(first, step, before));
  return piece;
}
