/** An identity as statements that keep its largest residual of a run. */

import type { Identity, Piece } from "../model/model.ts";
import { constant } from "./constant.ts";
import type { Graph } from "./graph.ts";
import type { TermLowering } from "./lower-term.ts";
import type { IdentityBlock, IrExpression, Statement } from "./program.ts";
import { assignPiece, movedTo, openShape } from "./whole-shape.ts";

/** Both sides of an identity, and how far they are apart against its scale: `abs(left - right) / size`. */
export function lowerIdentity(identity: Identity, graph: Graph, terms: TermLowering): IdentityBlock {
  const node = graph.node(identity.name, "computed", null, null);
  const size = identity.shape.reduce((n, a) => n * a.dimension.elements.length, 1);
  const side = (piece: Piece): number => {
    const base = graph.allocate(identity.name, "hidden", size);
    node.statements.push(assignPiece(piece, base, identity, node, graph, terms));
    return base;
  };
  const [left, right] = [side(identity.left), side(identity.right)];
  const scale = identity.scale ? side(identity.scale) : null;
  const residual = graph.allocate(identity.name, "hidden", 1);
  const { scope, target } = openShape(left, identity);
  const load = (base: number): IrExpression => ({ kind: "load", place: movedTo(target, left, base) });
  const value = relativeGap(load(left), load(right), scale === null ? null : load(scale));
  const statements: Statement[] = [{ kind: "keep-maximum", loops: scope.loops, target: residual, value }];
  return { name: identity.name, tolerance: identity.tolerance, residual, statements };
}

/** How far two values are apart, as a part of `scale` or of the larger of them; 0 where they are equal. */
function relativeGap(left: IrExpression, right: IrExpression, scale: IrExpression | null): IrExpression {
  const abs = (operand: IrExpression): IrExpression => ({ kind: "unary", op: "abs", operand });
  const difference = abs({ kind: "binary", op: "subtract", left, right });
  const size = scale ? abs(scale) : ({ kind: "binary", op: "max", left: abs(left), right: abs(right) } as const);
  return {
    kind: "select",
    condition: { kind: "binary", op: "equal", left: difference, right: constant(0) },
    ifTrue: constant(0),
    ifFalse: { kind: "binary", op: "divide", left: difference, right: size },
  };
}
