/** Statements with other numbers for their loops, before loops are fused. */
import { mapParts, mapStatement } from "../map-expression.ts";
import type { IrExpression, Loop, Place, Statement } from "../program.ts";

/** @param rename the new number of a loop */
export function renameLoops(s: Statement, rename: (loop: number) => number): Statement {
  const loop = (l: Loop): Loop => ({ ...l, id: rename(l.id) });
  const place = (p: Place): Place => renamePlace(p, rename);
  if (s.kind === "repeat") return { ...s, loop: loop(s.loop), body: s.body.map((inner) => renameLoops(inner, rename)) };
  const renamed = mapStatement(s, (e) => renameExpression(e, rename));
  switch (renamed.kind) {
    case "assign":
      return { ...renamed, loops: renamed.loops.map(loop), target: place(renamed.target) };
    case "reduce":
    case "allocate":
      return {
        ...renamed,
        loops: renamed.loops.map(loop),
        over: loop(renamed.over),
        target: place(renamed.target),
      };
    case "keep-maximum":
      return { ...renamed, loops: renamed.loops.map(loop) };
    default:
      return renamed;
  }
}

export function renamePlace(p: Place, rename: (loop: number) => number): Place {
  return {
    base: p.base,
    terms: p.terms.map((t) => ({ ...t, loop: rename(t.loop) })),
    guards: p.guards.map((g) => ({ ...g, loop: rename(g.loop) })),
  };
}

export function renameExpression(e: IrExpression, rename: (loop: number) => number): IrExpression {
  const renamed = mapParts(e, (part) => renameExpression(part, rename));
  switch (renamed.kind) {
    case "load":
    case "load-past":
      return { ...renamed, place: renamePlace(renamed.place, rename) };
    case "lookup":
      return { ...renamed, table: renamePlace(renamed.table, rename) };
    case "loop-value":
      return { ...renamed, loop: rename(renamed.loop) };
    default:
      return renamed;
  }
}
