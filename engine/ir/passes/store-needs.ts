/** Which stores of a block something reads. */
import type { Definition, Place, Program, Statement } from "../program.ts";
import { loopRanges, readUnder, type SlotInterval } from "../slot-interval.ts";

/** What runs as one: what is ahead of a step, a step, a stage inside it, or an event, by number. */
export type FusedBlock = "ahead" | "step" | "stage" | `event ${number}`;

export interface StoreNeeds {
  /** Whether some of the slots are read after a block stored them: in the block itself, or elsewhere. */
  readonly meets: (slots: SlotInterval, block: FusedBlock) => boolean;
}

/**
 * A block of definitions that stores a slot before it reads it does not need what another block stored there. Inside one block every
 * read counts.
 */
export function storeNeeds(program: Program): StoreNeeds {
  const everywhere = new Uint8Array(program.slotCount);
  const mark = (marks: Uint8Array, { from, to }: SlotInterval) => marks.fill(1, Math.max(0, from), to);
  for (const o of program.outputs) {
    mark(everywhere, { from: o.base, to: o.base + o.size });
    if (o.integral >= 0) mark(everywhere, { from: o.integral, to: o.integral + o.size });
  }
  for (const { base, net, size, inStep } of program.stocks)
    for (const from of inStep ? [base] : [base, net]) mark(everywhere, { from, to: from + size });
  if (program.finite !== undefined) mark(everywhere, { from: program.finite, to: program.finite + 1 });
  for (const n of program.noise) {
    mark(everywhere, { from: n.state, to: n.state + n.size });
    mark(everywhere, { from: n.innovation, to: n.innovation + n.size });
  }
  const loose = [
    ...program.past,
    ...program.correlate,
    ...program.noise.flatMap((n) => n.update),
    ...program.identities.flatMap((i) => i.statements),
  ];
  for (const s of loose) for (const read of readUnder(s, loopRanges(s))) mark(everywhere, read);
  const blocks = new Map<FusedBlock, readonly Definition[]>([
    ["ahead", program.ahead],
    ["step", program.step],
    ["stage", program.stage],
    ...program.events.map((e, i): [FusedBlock, readonly Definition[]] => [`event ${i}`, e.definitions]),
  ]);
  const inside = new Map<FusedBlock, Uint8Array>();
  for (const [block, definitions] of blocks) {
    const reads = new Uint8Array(program.slotCount);
    const stored = new Uint8Array(program.slotCount);
    for (const s of definitions.flatMap((d) => d.statements)) follow(s, loopRanges(s), { reads, stored, everywhere });
    inside.set(block, reads);
  }
  const has = (marks: Uint8Array, { from, to }: SlotInterval) => {
    const at = marks.indexOf(1, from);
    return at >= 0 && at < to;
  };
  return { meets: (slots, block) => has(everywhere, slots) || has(inside.get(block)!, slots) };
}

interface Marks {
  /** Read somewhere in the block. */
  readonly reads: Uint8Array;
  /** Stored by what came before in the block. */
  readonly stored: Uint8Array;
  /** Read before the block stores it, so that another block's store counts. */
  readonly everywhere: Uint8Array;
}

/**
 * Goes through statements in order, those of a fused loop as if each ran over all positions before the next: fusion is right only where that
 * gives the same.
 */
function follow(s: Statement, range: ReturnType<typeof loopRanges>, marks: Marks): void {
  if (s.kind === "fused") {
    for (const d of s.body) for (const inner of d.statements) follow(inner, range, marks);
    for (const t of s.totals) if (t.target) markStored(t.target, range, marks);
    return;
  }
  if (s.kind === "repeat") {
    for (const inner of s.body) follow(inner, range, marks);
    return;
  }
  for (const { from, to } of readUnder(s, range)) {
    for (let slot = Math.max(0, from); slot < to; slot++) {
      marks.reads[slot] = 1;
      if (marks.stored[slot] === 0) marks.everywhere[slot] = 1;
    }
  }
  if (s.kind === "assign" || s.kind === "reduce" || s.kind === "allocate") markStored(s.target, range, marks);
}

function markStored({ base, terms }: Place, range: ReturnType<typeof loopRanges>, { stored }: Marks): void {
  const each = (slot: number, i: number): void => {
    const term = terms[i];
    if (!term) {
      stored[slot] = 1;
      return;
    }
    const { from, to } = range(term.loop);
    for (let position = from; position < to; position++) each(slot + position * term.stride, i + 1);
  };
  each(base, 0);
}
