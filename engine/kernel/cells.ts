/** Loops over ranges of values, element by element, with a check that they are finite. */
import type { FunctionCode, Local } from "./encoding/function-code.ts";
import type { KernelContext } from "./kernel-context.ts";
import { NestEmitter, termsKey } from "./vector/emit-nest.ts";
import { VECTOR_BYTES, VECTOR_LANES } from "./vector/emit-piece.ts";
import type { Address, LoopCounter, NodeId, Pointer, VectorGraph } from "./vector/graph.ts";
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
  // A local begins as 0 in every call.
  new NestEmitter(code, layout, context.form).emit(items);
  if (checks) markStep(context, code, found);
}

/** Where `found` is a NaN and the status still says never (+Infinity), the status becomes the step. */
function markStep({ layout, stepGlobal }: KernelContext, code: FunctionCode, found: readonly Local[]): void {
  for (const [half, local] of found.entries()) {
    const at = layout.nonFinite + half * VECTOR_BYTES;
    code.i32(at);
    code.indexed("global.get", stepGlobal);
    code.op("f64.convert_i32_s", "f64x2.splat");
    code.i32(at);
    code.memory("v128.load", 0);
    code.get(local);
    code.get(local);
    code.op("f64x2.ne");
    code.i32(at);
    code.memory("v128.load", 0);
    code.f64(Number.POSITIVE_INFINITY);
    code.op("f64x2.splat", "f64x2.eq", "v128.and", "v128.bitselect");
    code.memory("v128.store", 0);
  }
}
