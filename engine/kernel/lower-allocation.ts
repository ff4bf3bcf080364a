/** Allocations: amount, weights and caps go to the scratch memory, vectors are allocated there, the shares go to their slots. */
import { InternalError } from "../diagnostics/diagnostic.ts";
import type { Statement } from "../ir/program.ts";
import type { Bindings, NestBuilder } from "./nest-builder.ts";
import { ALLOCATION_ROWS } from "./vector/allocate-function.ts";
import { VECTOR_BYTES, VECTOR_LANES } from "./vector/emit-piece.ts";
import { type Address, type LoopCounter, NO_POINTER } from "./vector/graph.ts";
import type { NestItem } from "./vector/nest.ts";

export function lowerAllocation(
  nest: NestBuilder,
  s: Extract<Statement, { kind: "allocate" }>,
  loops: Bindings,
): NestItem[] {
  const { layout, functions, lanes } = nest.context;
  const members = s.over.to - s.over.from;
  if (members > layout.scratchMembers) throw new InternalError(`no room for an allocation to ${members}`);
  const row = (name: keyof typeof ALLOCATION_ROWS, counter: LoopCounter | number): Address => {
    const first = layout.scratch + (1 + ALLOCATION_ROWS[name] * members) * layout.value;
    if (typeof counter === "number")
      return { pointer: NO_POINTER, offset: first + (counter - s.over.from) * layout.value };
    const terms = [{ counter, bytes: layout.value }];
    const key = `${counter.local.index}*${layout.value}`;
    return { pointer: { key, terms, guards: [], fixed: 0 }, offset: first - s.over.from * layout.value };
  };
  const amount = nest.piece(loops, (to, piece) =>
    piece.store({ pointer: NO_POINTER, offset: layout.scratch }, to.number(s.amount)),
  );
  const inputs = nest.nest([s.over], loops, [s], (inner) => [
    nest.piece(inner, (to, piece) => {
      piece.store(row("weight", inner.get(s.over.id)!), to.number(s.weight));
      piece.store(row("cap", inner.get(s.over.id)!), to.number(s.cap));
    }),
  ]);
  const allocate = functions.allocate();
  const call: NestItem = {
    kind: "code",
    emit: (code) => {
      for (let half = 0; half < lanes / VECTOR_LANES; half++) {
        code.i32(layout.scratch + half * VECTOR_BYTES);
        code.i32(members);
        code.call(allocate);
      }
    },
  };
  const shares = nest.nest([s.over], loops, [s], (inner) => [
    nest.piece(inner, (to, piece) => {
      piece.store(to.slot(s.target), piece.graph.load(row("share", inner.get(s.over.id)!)));
    }),
  ]);
  return [amount, ...inputs, call, ...shares];
}
