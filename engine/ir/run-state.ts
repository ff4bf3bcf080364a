/**
 * What the future of a run depends on, at the moment before a step is evaluated: its state.
 *
 * Everything else is computed again: what depends on parameters and on the start alone by `constants` and `initial`, and the
 * values of the step by the step. So a run goes on with the same bits once its state is put back.
 */
import { removeDeadCode } from "./passes/remove-dead-code.ts";
import type { Program } from "./program.ts";
import { overlaps, readIntervals, type SlotInterval } from "./slot-interval.ts";
import { statementsOf } from "./visit.ts";

/** Consecutive slots of the state. */
export interface StateRange {
  /** Name of the variable that the slots belong to; unique, so that further ranges of a variable are numbered: `births#2`. */
  readonly name: string;
  readonly base: number;
  readonly size: number;
}

/**
 * The state of a run: stocks and integrals, noises (their innovations are new whenever they are used), pasts that are read, and the largest residual of
 * each identity so far.
 */
export function stateRanges(program: Program): readonly StateRange[] {
  const counts = new Map<string, number>();
  const unique = (name: string): string => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count === 1 ? name : `${name}#${count}`;
  };
  const ranges = [
    ...program.stocks.map(({ name, base, size }) => ({ name, base, size })),
    ...program.noise.map(({ name, state, size }) => ({ name, base: state, size })),
    ...pasts(program),
    ...program.identities.map(({ name, residual }) => ({ name, base: residual, size: 1 })),
  ];
  return ranges.map((range) => ({ ...range, name: unique(range.name) }));
}

/** Number of values of the state of one run. */
export function stateSize(ranges: readonly Pick<StateRange, "size">[]): number {
  return ranges.reduce((sum, { size }) => sum + size, 0);
}

/** Kept pasts that something reads. One that nobody reads is not even filled at the start by a program without dead code. */
function pasts(program: Program): StateRange[] {
  const reads = [...statementsOf(removeDeadCode(program))].flatMap((s) => [...readIntervals(s)]);
  const kept = program.past.flatMap((s) =>
    s.kind === "keep-past" ? [{ base: s.to, size: s.size * s.copies, from: s.from }] : [],
  );
  const isRead = (slots: SlotInterval) => reads.some((read) => overlaps(read, slots));
  return kept
    .filter(({ base, size }) => isRead({ from: base, to: base + size }))
    .map(({ base, size, from }) => ({ name: ownerOf(program, from), base, size }));
}

function ownerOf(program: Program, slot: number): string {
  return program.slots.find(({ base, size }) => slot >= base && slot < base + size)?.name ?? "";
}
