/** A text that two terms share exactly when they compute the same value from the same places. */
import { type AxisVariable, forEachPart, type IndexTerm, type Term } from "../model/term.ts";

/** Key of a term; its free axes are numbered in the order given, so that their names and identities do not matter. */
export function termKey(term: Term, free: readonly AxisVariable[]): string {
  const numbers = new Map<AxisVariable, string>();
  const axisKey = (axis: AxisVariable): string => {
    let key = numbers.get(axis);
    if (key === undefined) {
      key = `${numbers.size}:${axis.dimension.name}:${axis.from}:${axis.to}`;
      numbers.set(axis, key);
    }
    return key;
  };
  const indexKey = (i: IndexTerm) => (i.kind === "element" ? `#${i.position}` : `${axisKey(i.axis)}+${i.offset}`);
  for (const axis of free) axisKey(axis);
  const print = (t: Term): string => {
    if (t.kind === "call") return print(t.value);
    const parts: string[] = [t.kind];
    switch (t.kind) {
      case "constant":
        parts.push(Object.is(t.value, -0) ? "-0" : String(t.value));
        break;
      case "read":
        parts.push(t.variable.name, ...t.index.map(indexKey));
        break;
      case "axis":
        parts.push(axisKey(t.axis), t.value);
        break;
      case "unary":
      case "binary":
        parts.push(t.op);
        break;
      case "power-integer":
        parts.push(String(t.exponent));
        break;
      case "lookup":
        parts.push(t.lookup.name, t.lookup.side ?? "", t.mode, ...t.index.map(indexKey));
        break;
      case "reduce":
        parts.push(t.op, axisKey(t.axis));
        break;
      case "group-weight":
        parts.push(t.group.name, axisKey(t.axis));
        break;
      case "softmax":
      case "share":
      case "allocate":
        parts.push(axisKey(t.outer), axisKey(t.inner));
        break;
      case "past":
        parts.push(String(t.most), t.initial === t.body ? "same" : "own");
        break;
    }
    forEachPart(t, (p) => parts.push(print(p)));
    return `(${parts.join(" ")})`;
  };
  return print(term);
}
