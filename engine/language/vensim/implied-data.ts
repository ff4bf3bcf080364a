/**
 * Names that a model uses and never defines: they are exogenous, so a data set of the run may have their numbers (Vensim reference
 * manual, "Variable types"). A name that no data set has is left for the check of names.
 */
import type { ForeignExpression, ForeignName } from "../foreign/foreign-model.ts";
import type { DataSets } from "./data-sets.ts";
import { childrenOf } from "./parse-expression.ts";
import type { Ranges } from "./ranges.ts";
import type { VensimEquation } from "./syntax.ts";

/** Declarations of the undefined names for which a data set has a series, with the subscripts of their first use. */
export function impliedData(equations: readonly VensimEquation[], ranges: Ranges, data: DataSets): VensimEquation[] {
  if (data.size === 0) return [];
  const defined = new Set(equations.map((equation) => equation.name.key));
  const withData = new Set([...data.keys()].map((key) => key.replace(/\[.*$/s, "")));
  const implied = new Map<string, VensimEquation>();
  for (const { body } of equations) {
    if (body.kind !== "expression") continue;
    const stack: ForeignExpression[] = [body.expression];
    for (let node = stack.pop(); node; node = stack.pop()) {
      stack.push(...childrenOf(node));
      if (node.kind !== "name") continue;
      const { key } = node.name;
      if (defined.has(key) || ranges.names(key) || !withData.has(key) || implied.has(key)) continue;
      implied.set(key, declaration(node.name, node.subscripts ?? []));
    }
  }
  return [...implied.values()];
}

function declaration(
  name: ForeignName,
  subscripts: NonNullable<Extract<ForeignExpression, { kind: "name" }>["subscripts"]>,
): VensimEquation {
  return {
    name,
    subscripts: subscripts.flatMap((subscript) => (subscript.kind === "name" ? [subscript.name] : [])),
    except: [],
    body: { kind: "undefined" },
    mode: null,
    unit: null,
    range: null,
    comment: null,
    hidden: false,
    span: name.span,
  };
}
