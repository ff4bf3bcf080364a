/** Uncertain lookups: what a call of one stands for. */
import type { Lookup } from "./model.ts";
import type { Symbols } from "./symbols.ts";
import type { Term } from "./term.ts";

type LookupTerm = Extract<Term, { readonly kind: "lookup" }>;

/**
 * The value of a lookup at x: times its factor; or, with its parameter p as a position, the curve plus p times the way to the high
 * curve (p above 0) or to the low one (p below 0). The inverse takes the factor out of the y that it is given.
 */
export function lookupTerm(central: LookupTerm, symbols: Symbols): Term {
  const p = positionOf(central.lookup, symbols);
  if (p && central.lookup.uncertain?.kind === "factor" && central.mode === "inverse") {
    return { ...central, x: { kind: "binary", op: "divide", left: central.x, right: p } };
  }
  return ofUncertain(central.lookup, symbols, (lookup) => ({ ...central, lookup }));
}

/** A value that is in proportion to a lookup's values, of the lookup as its parameter makes it. */
export function ofUncertain(central: Lookup, symbols: Symbols, value: (curve: Lookup) => Term): Term {
  const p = positionOf(central, symbols);
  if (!p) return value(central);
  const uncertain = central.uncertain!;
  if (uncertain.kind === "factor") return { kind: "binary", op: "multiply", left: p, right: value(central) };
  return bandTerm(p, value(central), value(uncertain.low), value(uncertain.high));
}

/** The parameter of an uncertain lookup. A name that is no scalar parameter is reported where the lookup is declared. */
function positionOf({ uncertain }: Lookup, symbols: Symbols): Term | null {
  const parameter = uncertain && symbols.variables.get(uncertain.parameter);
  if (parameter?.kind !== "parameter" || parameter.shape.length > 0) return null;
  return { kind: "read", variable: parameter, index: [] };
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
