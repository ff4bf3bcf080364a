/** Uncertain lookups: what a call of one stands for. */
import type { Symbols } from "./symbols.ts";
import type { Term } from "./term.ts";

type LookupTerm = Extract<Term, { readonly kind: "lookup" }>;

/**
 * The value of a lookup at x: times its factor; or, with its parameter p as a position, the curve plus p times the way to the high
 * curve (p above 0) or to the low one (p below 0). The inverse takes the factor out of the y that it is given.
 */
export function lookupTerm(central: LookupTerm, symbols: Symbols): Term {
  const { uncertain } = central.lookup;
  const parameter = uncertain && symbols.variables.get(uncertain.parameter);
  // A name that is no scalar parameter is reported where the lookup is declared.
  if (parameter?.kind !== "parameter" || parameter.shape.length > 0) return central;
  const p: Term = { kind: "read", variable: parameter, index: [] };
  if (uncertain!.kind === "factor") {
    if (central.mode !== "inverse") return { kind: "binary", op: "multiply", left: p, right: central };
    return { ...central, x: { kind: "binary", op: "divide", left: central.x, right: p } };
  }
  const { low, high } = uncertain!;
  return bandTerm(p, central, { ...central, lookup: low }, { ...central, lookup: high });
}

function bandTerm(p: Term, central: Term, low: Term, high: Term): Term {
  const moved = (way: Term): Term => ({
    kind: "binary",
    op: "add",
    left: central,
    right: { kind: "binary", op: "multiply", left: p, right: way },
  });
  return {
    kind: "select",
    condition: { kind: "binary", op: "greater", left: p, right: { kind: "constant", value: 0 } },
    ifTrue: moved({ kind: "binary", op: "subtract", left: high, right: central }),
    ifFalse: moved({ kind: "binary", op: "subtract", left: central, right: low }),
  };
}
