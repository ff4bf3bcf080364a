/** Terms with other axes. */
import { InternalError } from "../diagnostics/diagnostic.ts";
import type { AxisVariable, IndexTerm, Term, Unknown } from "./term.ts";

/** The same term along other axes; axes that the map does not have stay, as do those that the term binds itself. */
export function withAxes(term: Term, axes: ReadonlyMap<AxisVariable, AxisVariable>): Term {
  const map = (t: Term) => withAxes(t, axes);
  const other = (axis: AxisVariable) => axes.get(axis) ?? axis;
  const index = (list: readonly IndexTerm[]) =>
    list.map((i): IndexTerm => (i.kind === "axis" ? { ...i, axis: other(i.axis) } : i));
  switch (term.kind) {
    case "constant":
    case "time":
    case "self":
      return term;
    case "read":
      return { ...term, index: index(term.index) };
    case "lookup":
      return { ...term, index: index(term.index), x: map(term.x) };
    case "axis":
    case "group-weight":
      return { ...term, axis: other(term.axis) };
    case "unary":
      return { ...term, operand: map(term.operand) };
    case "power-integer":
      return { ...term, base: map(term.base) };
    case "binary":
      return { ...term, left: map(term.left), right: map(term.right) };
    case "select":
      return { ...term, condition: map(term.condition), ifTrue: map(term.ifTrue), ifFalse: map(term.ifFalse) };
    case "reduce":
    case "initial":
    case "stored":
      return { ...term, body: map(term.body) };
    case "softmax":
    case "share":
    case "along":
      return { ...term, outer: other(term.outer), body: map(term.body) };
    case "allocate":
      return {
        ...term,
        outer: other(term.outer),
        amount: map(term.amount),
        weight: map(term.weight),
        cap: map(term.cap),
      };
    case "call":
      return { ...term, arguments: term.arguments.map(map), value: map(term.value) };
    case "past": {
      const body = map(term.body);
      // A past that starts from its own body is told by identity.
      return { ...term, body, initial: term.initial === term.body ? body : map(term.initial), lag: map(term.lag) };
    }
    case "integral":
      return { ...term, initial: map(term.initial), net: map(term.net) };
    case "unknown":
      return unknown(term, other);
    case "halved":
      return {
        ...term,
        unknown: unknown(term.unknown, other),
        low: map(term.low),
        high: map(term.high),
        isBelow: map(term.isBelow),
      };
    case "carried":
      return { ...term, initial: map(term.initial), next: map(term.next) };
    default:
      throw new InternalError(`a term of an unknown kind: ${JSON.stringify(term satisfies never)}`);
  }
}

const unknown = (term: Unknown, other: (axis: AxisVariable) => AxisVariable): Unknown => ({
  ...term,
  axes: term.axes.map(other),
});
