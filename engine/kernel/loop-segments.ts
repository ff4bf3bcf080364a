/**
 * Cuts a loop where a condition on its position changes, so that in each part the condition is known: `age == 0`, or a
 * read outside the dimension. What was a choice for every element is then decided when the kernel is built.
 */
import type { IrExpression, Loop, Place, Statement } from "../ir/program.ts";
import { visitStatement } from "../ir/visit.ts";

/** More parts than this make more code than they save time. */
const MOST_PARTS = 5;

/** Statements of more parts than this in all parts of the loop are not worth a cut. */
const MOST_CODE = 400;

export function loopSegments(loop: Loop, statements: readonly Statement[]): { from: number; to: number }[] {
  const cuts = new Set<number>();
  let size = 0;
  const cut = (position: number) => {
    if (position > loop.from && position < loop.to) cuts.add(position);
  };
  const visit = (e: IrExpression) => {
    size++;
    if (e.kind === "binary") {
      compared(e.left, e.right, loop.id, cut);
      compared(e.right, e.left, loop.id, cut);
    }
    if (e.kind === "load" || e.kind === "load-past") guarded(e.place, loop.id, cut);
  };
  for (const statement of statements) visitStatement(statement, visit);
  const tooLong = statements.length > 1 && size * (cuts.size + 1) > MOST_CODE;
  if (cuts.size >= MOST_PARTS || tooLong) return [{ from: loop.from, to: loop.to }];
  const edges = [loop.from, ...[...cuts].sort((a, b) => a - b), loop.to];
  return edges.slice(1).map((to, i) => ({ from: edges[i]!, to }));
}

/** Cuts on both sides of the number that a position is compared with: right for every comparison. */
function compared(a: IrExpression, b: IrExpression, loop: number, cut: (position: number) => void): void {
  if (a.kind !== "loop-value" || a.loop !== loop || b.kind !== "constant") return;
  const position = b.value - a.offset;
  cut(Math.ceil(position));
  cut(Math.floor(position) + 1);
}

function guarded(place: Place, loop: number, cut: (position: number) => void): void {
  for (const guard of place.guards) {
    if (guard.loop !== loop) continue;
    cut(-guard.offset);
    cut(guard.size - guard.offset);
  }
}
