/** A term as text: the equation as the engine read it, with every subscript and bracket written out. */
import type { Axis } from "../model/model.ts";
import { type BinaryOp, forEachPart, type IndexTerm, type LookupMode, type Term } from "../model/term.ts";

const SIGNS: Readonly<Partial<Record<BinaryOp, string>>> = {
  add: "+",
  subtract: "-",
  multiply: "*",
  divide: "/",
  power: "^",
  modulo: "mod",
  equal: "==",
  unequal: "!=",
  less: "<",
  "less-equal": "<=",
  greater: ">",
  "greater-equal": ">=",
  and: "and",
  or: "or",
};

const LOOKUP_FUNCTIONS: Readonly<Record<LookupMode, string>> = {
  linear: "lookup_linear",
  extrapolate: "lookup_extrapolate",
  previous: "lookup_backward",
  next: "lookup_forward",
  inverse: "lookup_inverse",
  // Parts of lookup_area and lookup_slope.
  "x-before": "lookup_x_before",
  "x-after": "lookup_x_after",
  area: "lookup_area_before",
  "slope-before": "lookup_slope_before",
  "slope-after": "lookup_slope_after",
};

export function printTerm(term: Term): string {
  switch (term.kind) {
    case "constant":
      return String(term.value);
    case "time":
      return "time";
    case "read":
      return term.index.length === 0
        ? term.variable.name
        : `${term.variable.name}[${subscripts(term.index, term.variable.shape)}]`;
    case "axis":
      return term.value === "position" ? `position(${term.axis.name})` : term.axis.name;
    case "binary": {
      const [left, right] = [printTerm(term.left), printTerm(term.right)];
      const sign = SIGNS[term.op];
      return sign === undefined ? `${term.op}(${left}, ${right})` : `(${left} ${sign} ${right})`;
    }
    case "unary":
      return term.op === "negate" ? `(-${printTerm(term.operand)})` : `${term.op}(${printTerm(term.operand)})`;
    case "power-integer":
      return `(${printTerm(term.base)} ^ ${term.exponent})`;
    case "select":
      return `if(${printTerm(term.condition)}, ${printTerm(term.ifTrue)}, ${printTerm(term.ifFalse)})`;
    case "reduce": {
      const whole = term.axis.from === 0 && term.axis.to === term.axis.dimension.elements.length;
      const first = term.axis.dimension.elements[term.axis.from]!.name;
      const last = term.axis.dimension.elements[term.axis.to - 1]!.name;
      return `${term.op}(${printTerm(term.body)}, ${term.axis.name}${whole ? "" : ` ${first}..${last}`})`;
    }
    case "group-weight":
      return `group_weight(${term.group.name})`;
    case "call":
      return `${term.name}(${term.arguments.map(printTerm).join(", ")})`;
    case "self":
      return "self";
    case "stored":
    case "along":
      return printTerm(term.body);
    case "lookup": {
      const { lookup, index, mode } = term;
      const table = index.length === 0 ? lookup.name : `${lookup.name}[${subscripts(index, lookup.shape)}]`;
      if (mode === lookup.mode) return `${table}(${printTerm(term.x)})`;
      return `${LOOKUP_FUNCTIONS[mode]}(${table}, ${printTerm(term.x)})`;
    }
    default:
      return `${term.kind}(${partsOf(term).map(printTerm).join(", ")})`;
  }
}

function partsOf(term: Term): Term[] {
  const parts: Term[] = [];
  forEachPart(term, (p) => parts.push(p));
  return parts;
}

function subscripts(index: readonly IndexTerm[], shape: readonly Axis[]): string {
  return index
    .map((i, k) => {
      if (i.kind === "element") return shape[k]!.dimension.elements[i.position]!.name;
      const offset = i.offset === 0 ? "" : i.offset > 0 ? ` + ${i.offset}` : ` - ${-i.offset}`;
      return `${i.axis.name}${offset}`;
    })
    .join(", ");
}
