/** Sizes of expressions that share parts: each part is measured once. */
import type { ForeignExpression, ForeignSubscript } from "../foreign/foreign-model.ts";

export interface ExpressionSize {
  /** Number of nodes of the expression written out. */
  readonly nodes: number;
  /** Most nodes inside each other. */
  readonly depth: number;
}

export class ExpressionSizes {
  readonly #known = new WeakMap<ForeignExpression, ExpressionSize>();

  of(node: ForeignExpression): ExpressionSize {
    const known = this.#known.get(node);
    if (known) return known;
    let nodes = 1;
    let depth = 0;
    for (const part of partsOf(node)) {
      const inner = this.of(part);
      nodes += inner.nodes;
      depth = Math.max(depth, inner.depth);
    }
    const size = { nodes, depth: depth + 1 };
    this.#known.set(node, size);
    return size;
  }
}

/** The expressions straight inside an expression. */
function partsOf(node: ForeignExpression): readonly ForeignExpression[] {
  switch (node.kind) {
    case "unary":
      return [node.operand];
    case "binary":
      return [node.left, node.right];
    case "call":
      return [...(node.subscripts ?? []).flatMap(insideSubscript), ...node.arguments];
    case "name":
      return (node.subscripts ?? []).flatMap(insideSubscript);
    default:
      return [];
  }
}

function insideSubscript(subscript: ForeignSubscript): readonly ForeignExpression[] {
  if (subscript.kind === "expression") return [subscript.expression];
  return subscript.kind === "range" ? [subscript.from, subscript.to] : [];
}
