/** Keys that two terms share exactly when they compute the same value from the same places. */
import { type AxisVariable, boundAxis, forEachPart, freeAxes, type IndexTerm, type Term } from "../model/term.ts";

/**
 * Gives terms their keys. The free axes of a term are numbered in the order of their first use, so that their names and
 * identities do not matter. Each term object is looked at once, and a part stands in the text of a term by its own key.
 */
export class TermKeys {
  readonly #keys = new WeakMap<Term, number>();
  readonly #numbers = new Map<string, number>();
  readonly #ranges = new WeakMap<AxisVariable, string>();

  keyOf(term: Term): number {
    if (term.kind === "call") return this.keyOf(term.value);
    let key = this.#keys.get(term);
    if (key === undefined) {
      const text = this.#text(term);
      key = this.#numbers.get(text) ?? this.#numbers.size;
      this.#numbers.set(text, key);
      this.#keys.set(term, key);
    }
    return key;
  }

  #text(term: Term): string {
    const free = freeAxes(term);
    const bound = boundAxis(term);
    const axisText = (axis: AxisVariable): string =>
      (axis === bound ? "own" : free.indexOf(axis)) + this.#rangeOf(axis);
    let text = `${term.kind} ${ownWords(term, axisText).join(" ")}`;
    forEachPart(term, (part) => {
      text += ` #${this.keyOf(part)}(`;
      for (const axis of freeAxes(part)) text += ` ${axisText(axis)}`;
      text += ")";
    });
    return text;
  }

  #rangeOf(axis: AxisVariable): string {
    let range = this.#ranges.get(axis);
    if (range === undefined) {
      range = `:${axis.dimension.name}:${axis.from}:${axis.to}`;
      this.#ranges.set(axis, range);
    }
    return range;
  }
}

/** What tells a term from another of its kind, besides its parts. */
function ownWords(t: Term, axisText: (axis: AxisVariable) => string): string[] {
  const indexText = (i: IndexTerm) => (i.kind === "element" ? `#${i.position}` : `${axisText(i.axis)}+${i.offset}`);
  switch (t.kind) {
    case "constant":
      return [Object.is(t.value, -0) ? "-0" : String(t.value)];
    case "read":
      return [t.variable.name, ...t.index.map(indexText)];
    case "axis":
      return [axisText(t.axis), t.value];
    case "unary":
    case "binary":
      return [t.op];
    case "power-integer":
      return [String(t.exponent)];
    case "lookup":
      return [t.lookup.name, t.mode, ...t.index.map(indexText)];
    case "reduce":
      return [t.op, axisText(t.axis)];
    case "group-weight":
      return [t.group.name, axisText(t.axis)];
    case "softmax":
    case "share":
    case "along":
    case "allocate":
      return [axisText(t.outer), axisText(t.inner)];
    case "unknown":
      return [String(t.depth), ...t.axes.map(axisText)];
    case "halved":
      return [String(t.times), String(t.unknown.depth)];
    case "past":
      return [String(t.most), t.initial === t.body ? "same" : "own"];
    default:
      return [];
  }
}
