/**
 * A term as an XMILE expression (XMILE 1.0, sections 3.3 and 3.5). What XMILE has no words for is a {@link NotInXmile}; nothing is written
 * that would mean something else.
 */
import type { Axis, Lookup } from "../model/model.ts";
import {
  type AxisVariable,
  type BinaryOp,
  forEachPart,
  type IndexTerm,
  type LookupMode,
  type Readable,
  type Term,
  type UnaryOp,
} from "../model/term.ts";
import { elementName, inEquation } from "./xmile-names.ts";
import { atom, BINARY, CALLS, call, choice, LEVEL, REDUCE, type Text, UNARY, within } from "./xmile-words.ts";

/** A part that XMILE cannot say; `what` names it in our language. */
export class NotInXmile extends Error {
  readonly what: string;
  constructor(what: string) {
    super(what);
    this.name = "NotInXmile";
    this.what = what;
  }
}

/** What an axis stands for: the equation's dimension, one element, or all (`*`). */
export type AxisPlace =
  | { readonly kind: "dimension"; readonly name: string }
  | { readonly kind: "element"; readonly position: number }
  | { readonly kind: "all" };

export type Places = ReadonlyMap<AxisVariable, AxisPlace>;

/** Most cells into which a sum is written out, and most characters of an equation. */
const MOST_CELLS = 200;
const MOST_CHARACTERS = 20_000;

/** Most parts of an equation. */
const MOST_PARTS = 4_000;

const SIZES = new WeakMap<Term, number>();

/** Number of parts of a term that is written out, those that it shares with itself each time. */
function writtenSize(term: Term): number {
  const known = SIZES.get(term);
  if (known !== undefined) return known;
  let size = 1;
  if (term.kind === "call" && Object.hasOwn(CALLS, term.name)) {
    for (const argument of term.arguments) size += writtenSize(argument);
  } else forEachPart(term, (part) => (size += writtenSize(part)));
  SIZES.set(term, size);
  return size;
}

/** The term in the places of its axes. @throws NotInXmile */
export function writeTerm(term: Term, places: Places): string {
  if (writtenSize(term) > MOST_PARTS) throw new NotInXmile("an equation of this length");
  const { text } = write(term, places);
  if (text.length > MOST_CHARACTERS) throw new NotInXmile("an equation of this length");
  return text;
}

function write(term: Term, places: Places): Text {
  switch (term.kind) {
    case "constant":
      return number(term.value);
    case "time":
      return atom("TIME");
    case "read":
      return read(term.variable, term.index, places);
    case "axis":
      return axisValue(term, places);
    case "unary":
      return unary(term.op, term.operand, places);
    case "power-integer":
      return power(term.base, { kind: "constant", value: term.exponent }, places);
    case "binary":
      return binary(term.op, term.left, term.right, places);
    case "select": {
      const [condition, yes, no] = [term.condition, term.ifTrue, term.ifFalse].map((t) => write(t, places).text);
      return choice(condition!, yes!, no!);
    }
    case "lookup":
      return lookup(term, places);
    case "reduce":
      return reduce(term, places);
    case "group-weight":
      return groupWeight(term, places);
    case "call":
      return functionCall(term, places);
    case "initial":
      return call("INIT", write(term.body, places));
    case "stored":
      return write(term.body, places);
    case "along":
      return write(term.body, new Map([...places, [term.inner, placeOf(term.outer, places)]]));
    case "share":
    case "softmax":
      return share(term, places);
    case "allocate":
      throw new NotInXmile("allocate(…)");
    case "past":
      throw new NotInXmile("a value of earlier steps");
    case "halved":
    case "unknown":
      throw new NotInXmile("solve(…)");
    case "integral":
    case "carried":
    case "self":
      throw new NotInXmile("a memory inside an equation");
  }
}

function number(value: number): Text {
  if (value === Number.POSITIVE_INFINITY) return atom("INF");
  if (!Number.isFinite(value)) throw new NotInXmile(String(value));
  return { text: String(value), level: value < 0 || Object.is(value, -0) ? LEVEL.unary : LEVEL.atom };
}

function placeOf(axis: AxisVariable, places: Places): AxisPlace {
  const place = places.get(axis);
  if (!place) throw new NotInXmile(`an axis "${axis.name}" of another equation`);
  return place;
}

/** A variable at subscripts. A cell outside the dimension is 0 here and in XMILE (section 3.7.1). */
function read({ name, shape }: Readable | Lookup, index: readonly IndexTerm[], places: Places): Text {
  const subscripts: string[] = [];
  for (const [i, term] of index.entries()) {
    const subscript = subscriptOf(term, shape[i]!, places);
    if (subscript === null) return atom("0");
    subscripts.push(subscript);
  }
  return atom(subscripts.length === 0 ? inEquation(name) : `${inEquation(name)}[${subscripts.join(", ")}]`);
}

/** A subscript; null where it lies outside. */
function subscriptOf(term: IndexTerm, { dimension }: Axis, places: Places): string | null {
  if (term.kind === "element") return inEquation(elementName(dimension, term.position));
  const { axis, offset } = term;
  const place = placeOf(axis, places);
  if (place.kind === "element") {
    const at = place.position + offset;
    return at < 0 || at >= axis.dimension.elements.length ? null : inEquation(elementName(axis.dimension, at));
  }
  if (place.kind === "all") {
    if (offset === 0) return "*";
    throw new NotInXmile("a sum over elements beside each other");
  }
  const own = inEquation(place.name);
  return offset === 0 ? own : `${own} ${offset < 0 ? "-" : "+"} ${Math.abs(offset)}`;
}

/** In an equation the name of a dimension is the position of the element, from 1. */
function axisValue(term: Extract<Term, { kind: "axis" }>, places: Places): Text {
  const { axis, value } = term;
  const { numbers } = axis.dimension;
  const place = placeOf(axis, places);
  if (place.kind === "element") return number(value === "position" ? place.position + 1 : numbers![place.position]!);
  if (place.kind === "all") throw new NotInXmile(`"${axis.name}" as a number in a sum`);
  if (value === "position") return atom(inEquation(place.name));
  const first = numbers![0]!;
  if (!numbers!.every((n, i) => n === first + i)) throw new NotInXmile(`"${axis.name}" as a number`);
  const shift = first - 1;
  if (shift === 0) return atom(inEquation(place.name));
  return { text: `${inEquation(place.name)} ${shift < 0 ? "-" : "+"} ${Math.abs(shift)}`, level: LEVEL.add };
}

function unary(op: UnaryOp, operand: Term, places: Places): Text {
  const inner = write(operand, places);
  const name = UNARY[op];
  if (name !== undefined) return call(name, inner);
  const grouped = `(${inner.text})`;
  switch (op) {
    case "negate":
      return { text: `-${within(inner, LEVEL.unary)}`, level: LEVEL.unary };
    case "not":
      return { text: `NOT ${within(inner, LEVEL.atom)}`, level: LEVEL.unary };
    case "sign":
      return choice(`${grouped} > 0`, "1", `(IF ${grouped} < 0 THEN -1 ELSE 0)`);
    case "ceil":
      return { text: `-INT(-${grouped})`, level: LEVEL.unary };
    case "trunc":
      return choice(`${grouped} < 0`, `-INT(-${grouped})`, `INT(${inner.text})`);
    default:
      throw new NotInXmile(op);
  }
}

function binary(op: BinaryOp, left: Term, right: Term, places: Places): Text {
  if (op === "power") return power(left, right, places);
  const [a, b] = [write(left, places), write(right, places)];
  if (op === "min" || op === "max") return call(op.toUpperCase(), a, b);
  const [sign, level] = BINARY[op]!;
  return { text: `${within(a, level)} ${sign} ${within(b, level + 1)}`, level };
}

function power(base: Term, exponent: Term, places: Places): Text {
  const [a, b] = [write(base, places), write(exponent, places)];
  return { text: `${within(a, LEVEL.atom)} ^ ${within(b, LEVEL.atom)}`, level: LEVEL.power };
}

/** The functions that read a lookup in ways which stand in no model. */
const CURVES: Readonly<Partial<Record<LookupMode, string>>> = {
  area: "lookup_area(…)",
  "x-before": "lookup_area(…) or lookup_slope(…)",
  "x-after": "lookup_slope(…)",
  "slope-before": "lookup_slope(…)",
  "slope-after": "lookup_slope(…)",
};

/** A graphical function has one way to be read, its own. */
function lookup(term: Extract<Term, { kind: "lookup" }>, places: Places): Text {
  const part = CURVES[term.mode];
  if (part !== undefined) throw new NotInXmile(part);
  if (term.mode !== term.lookup.mode || !canBeGraph(term.lookup)) throw new NotInXmile(`a lookup read "${term.mode}"`);
  return call("LOOKUP", read(term.lookup, term.index, places), write(term.x, places));
}

export const canBeGraph = ({ mode }: Lookup): boolean => mode !== "next";

function groupWeight({ group, axis }: Extract<Term, { kind: "group-weight" }>, places: Places): Text {
  const place = placeOf(axis, places);
  if (place.kind !== "element") throw new NotInXmile(`the group "${group.name}"`);
  const member = group.members.find((m) => m.position === place.position);
  if (!member) return number(0);
  return typeof member.weight === "number" ? number(member.weight) : atom(inEquation(member.weight.name));
}

function functionCall(term: Extract<Term, { kind: "call" }>, places: Places): Text {
  const known = Object.hasOwn(CALLS, term.name) ? CALLS[term.name] : undefined;
  if (known === undefined) return writeInside(term, places);
  const values = term.arguments.map((argument) => write(argument, places));
  // Without a start value XMILE's PREVIOUS begins with 0, ours with the value at the start.
  if (term.name === "previous" && values.length === 1) return call(known, values[0]!, call("INIT", values[0]!));
  // XMILE's NPV has no factor.
  if (term.name !== "npv" || values.length < 4) return call(known, ...values);
  const plain = call(known, ...values.slice(0, 3));
  return { text: `${plain.text} * ${within(values[3]!, LEVEL.multiply + 1)}`, level: LEVEL.multiply };
}

/** A function that is made of simpler operations; where these cannot be said, and its arguments can, it is the function that is named. */
function writeInside(term: Extract<Term, { kind: "call" }>, places: Places): Text {
  try {
    return write(term.value, places);
  } catch (error) {
    if (!(error instanceof NotInXmile) || term.name === "solve") throw error;
    for (const argument of term.arguments) write(argument, places);
    throw new NotInXmile(`${term.name}(…)`);
  }
}

/** The value over the sum of all. */
function share(term: Extract<Term, { kind: "share" | "softmax" }>, places: Places): Text {
  if (term.kind === "softmax") throw new NotInXmile("softmax(…)");
  const own = write(term.body, new Map([...places, [term.inner, placeOf(term.outer, places)]]));
  const total = reduce({ kind: "reduce", op: "sum", axis: term.inner, body: term.body }, places);
  return { text: `${within(own, LEVEL.multiply)} / ${within(total, LEVEL.unary)}`, level: LEVEL.multiply };
}

/** `SUM(a[*] * b[*])` where every array in it runs through the same axes; else the terms written out. */
function reduce(term: Extract<Term, { kind: "reduce" }>, places: Places): Text {
  const axes = [term.axis];
  let body = term.body;
  while (body.kind === "reduce" && body.op === term.op) {
    axes.push(body.axis);
    body = body.body;
  }
  const isWhole = axes.every((axis) => axis.from === 0 && axis.to === axis.dimension.elements.length);
  if (isWhole && runsTogether(body, axes)) {
    const all = new Map([...places, ...axes.map((axis) => [axis, { kind: "all" }] as const)]);
    return call(REDUCE[term.op], write(body, all));
  }
  return writtenOut(term, places);
}

/**
 * True where a body is products, sums and powers of scalars and of arrays that have the same dimensions where it runs through the axes, in the
 * order of the axes: `*` in two arrays is one element at a time only where both are declared with one dimension.
 */
function runsTogether(body: Term, axes: readonly AxisVariable[]): boolean {
  let dimensions: readonly string[] | null = null;
  const fits = (term: Term): boolean => {
    if (term.kind === "read") {
      const own = term.index.flatMap((index, i) => {
        const isRun = index.kind === "axis" && axes.includes(index.axis);
        return isRun ? [{ index, dimension: term.variable.shape[i]!.name }] : [];
      });
      if (own.length === 0) return true;
      dimensions ??= own.map((o) => o.dimension);
      return (
        own.length === axes.length &&
        own.every((o, n) => o.index.axis === axes[n] && o.index.offset === 0 && o.dimension === dimensions![n])
      );
    }
    if (term.kind === "constant" || term.kind === "time") return true;
    if (term.kind === "unary") return term.op === "negate" && fits(term.operand);
    if (term.kind === "binary") {
      return (
        ["add", "subtract", "multiply", "divide", "power"].includes(term.op) && fits(term.left) && fits(term.right)
      );
    }
    return term.kind === "power-integer" && fits(term.base);
  };
  return fits(body) && dimensions !== null;
}

/** The terms one after the other, in the order in which they are computed here. */
function writtenOut({ op, axis, body }: Extract<Term, { kind: "reduce" }>, places: Places): Text {
  const cells = axis.to - axis.from;
  const what = `${op}(…, ${axis.name})`;
  if (cells > MOST_CELLS || cells * writtenSize(body) > MOST_PARTS) throw new NotInXmile(what);
  const texts = Array.from({ length: cells }, (_, i) =>
    write(body, new Map([...places, [axis, { kind: "element", position: axis.from + i }] as const])),
  );
  if (texts.reduce((length, t) => length + t.text.length, 0) > MOST_CHARACTERS) throw new NotInXmile(what);
  if (op !== "sum" && op !== "product") {
    return texts.reduce((left, right) => call(op === "minimum" ? "MIN" : "MAX", left, right));
  }
  const [sign, level] = op === "sum" ? ["+", LEVEL.add] : ["*", LEVEL.multiply];
  if (texts.length === 1) return texts[0]!;
  return { text: texts.map((t, i) => within(t, i === 0 ? level : level + 1)).join(` ${sign} `), level };
}
