/** Which variables may change during a run, and which are constants or computed from constants alone. */
import type { Model, Piece, Variable } from "../model/model.ts";
import { forEachPart, forEachRead, type Term } from "../model/term.ts";

/**
 * Stocks, series, noises and levers (a scenario may move them in time), terms of time or of earlier steps, and whatever reads
 * one of these. A value taken at the start counts as what it is taken from, so that the answer errs towards change.
 */
export function changingVariables(model: Model): ReadonlySet<Variable> {
  const changing = new Set<Variable>();
  const readers = new Map<Variable, Variable[]>();
  const mark = (variable: Variable): void => {
    const waiting = [variable];
    for (let v = waiting.pop(); v; v = waiting.pop()) {
      if (changing.has(v)) continue;
      changing.add(v);
      waiting.push(...(readers.get(v) ?? []));
    }
  };
  const seeds: Variable[] = [];
  for (const v of model.variables) {
    if (v.kind === "stock" || v.kind === "series" || v.kind === "noise" || v.kind === "lever") seeds.push(v);
    if (v.kind !== "flow" && v.kind !== "auxiliary") continue;
    const pieces = [...v.pieces, ...(v.starts ?? [])];
    if (hasMemoryOrTime(pieces)) seeds.push(v);
    for (const { term } of pieces)
      forEachRead(term, (read) => void readers.set(read, [...(readers.get(read) ?? []), v]));
  }
  for (const v of seeds) mark(v);
  return changing;
}

function hasMemoryOrTime(pieces: readonly Piece[]): boolean {
  const seen = new Set<Term>();
  const has = (term: Term): boolean => {
    if (seen.has(term)) return false;
    seen.add(term);
    if (["time", "past", "integral", "carried"].includes(term.kind)) return true;
    let found = false;
    forEachPart(term, (part) => {
      found ||= has(part);
    });
    return found;
  };
  return pieces.some(({ term }) => has(term));
}
