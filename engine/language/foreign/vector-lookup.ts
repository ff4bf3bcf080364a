/** VECTOR LOOKUP: the elements of an array as the values of a lookup at equal distances (Vensim reference manual, "VECTOR LOOKUP"). */
import type { Expression } from "../equation.ts";
import type { ForeignExpression } from "./foreign-model.ts";
import { written } from "./function-rules.ts";
import type { ForeignCall, FunctionTable } from "./functions.ts";
import { reduce } from "./reductions.ts";
import { type Bound, freeAxis, type Index } from "./scope.ts";
import { NOT_AVAILABLE, orderIn } from "./vector-rules.ts";

const MODES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

/** An array along its last subscript, from the first element on. */
interface Vector {
  readonly size: number;
  /** The sum over the elements of what one gives: its number from 0, its value, and the value of the next one (0 after the last). */
  readonly sum: (each: (k: Expression, value: Expression, next: Expression) => Expression) => Expression;
}

function vectorOf(call: ForeignCall, e: ForeignExpression): Vector | null {
  const { t, scope, b } = call;
  const variable = e.kind === "name" ? t.context.variables.get(e.name.key) : undefined;
  const indices = e.kind === "name" && variable ? t.subscripts.indices(variable, e.subscripts, e.span, scope) : null;
  const axis = variable?.axes.at(-1);
  if (!variable || !indices || !axis) {
    if (variable && !axis) t.fail("foreign-not-vector", e.span, { name: call.name.text });
    else if (!variable) t.fail("foreign-not-vector", e.span, { name: call.name.text });
    return null;
  }
  const positions = axis.range?.positions ?? axis.family.elements.map((_, i) => i);
  const bound: Bound = {
    key: "",
    range: axis.range,
    family: axis.family,
    axis: freeAxis(scope, axis.family),
    positions,
    at: null,
  };
  const at = (index: Index<Expression>, inner: Parameters<typeof t.readAt>[2]) =>
    t.readAt(variable, [...indices.slice(0, -1), index], inner, b);
  return {
    size: positions.length,
    sum: (each) =>
      reduce("sum", [bound], scope, b, (inner) => {
        const own = inner.find((s) => s.axis === bound.axis)!;
        const k = orderIn(own, b);
        if (own.at !== null) {
          const next = positions[own.at + 1];
          const value = at({ kind: "element", position: positions[own.at]! }, inner);
          return each(k, value, next === undefined ? b.number(0) : at({ kind: "element", position: next }, inner));
        }
        return each(
          k,
          at({ kind: "axis", axis: own.axis, offset: 0 }, inner),
          at({ kind: "axis", axis: own.axis, offset: 1 }, inner),
        );
      }),
  };
}

/** VECTOR LOOKUP(vector, x, x of the first element, x of the last, mode) */
function vectorLookup(call: ForeignCall): Expression {
  const { t, scope, b, arguments: args } = call;
  const vector = vectorOf(call, args[0]!);
  const [x, low, high] = args.slice(1, 4).map((a) => t.translate(a, scope));
  if (!vector) return x!;
  if (vector.size < 2) return t.fail("foreign-not-vector", args[0]!.span, { name: call.name.text });
  const last = b.number(vector.size - 1);
  const step = b.divide(b.subtract(high!, low!), last);
  /** Where x lies, in elements from the first. */
  const place = b.divide(b.subtract(x!, low!), step);
  const reading = new Reading(call, vector, x!, low!, place, step);
  const known = t.context.constantValue(args[4]!, scope);
  if (known !== null) return reading.mode(Math.round(known)) ?? b.number(NOT_AVAILABLE);
  const actual = b.call("round", t.translate(args[4]!, scope));
  return MODES.reduceRight<Expression>(
    (rest, mode) => b.if(b.binary("==", actual, b.number(mode)), reading.mode(mode)!, rest),
    b.number(NOT_AVAILABLE),
  );
}

class Reading {
  readonly #call: ForeignCall;
  readonly #vector: Vector;
  readonly #x: Expression;
  readonly #low: Expression;
  readonly #place: Expression;
  readonly #step: Expression;

  constructor(call: ForeignCall, vector: Vector, x: Expression, low: Expression, place: Expression, step: Expression) {
    this.#call = call;
    this.#vector = vector;
    this.#x = x;
    this.#low = low;
    this.#place = place;
    this.#step = step;
  }

  mode(mode: number): Expression | null {
    const { b } = this.#call;
    const clipped = b.call("clip", this.#place, b.number(0), b.number(this.#vector.size - 1));
    switch (mode) {
      case 0:
        return this.#linear(clipped);
      case 1:
        return this.#area(clipped);
      case 2:
        return this.#at(b.call("floor", clipped));
      case 3:
        return b.add(this.#linear(clipped), b.multiply(this.#difference(), b.subtract(this.#place, clipped)));
      case 4:
        return this.#at(b.call("ceil", clipped));
      case 5:
        return this.#inverse(false);
      case 6:
        return b.if(this.#isOutside(), b.number(0), this.#slope());
      case 7:
        return b.add(this.#area(clipped), this.#areaOutside(clipped));
      case 8:
        return this.#inverse(true);
      case 9:
        return this.#slope();
      default:
        return null;
    }
  }

  #isOutside(): Expression {
    const { b } = this.#call;
    const end = b.number(this.#vector.size - 1);
    return b.binary("or", b.binary("<", this.#place, b.number(0)), b.binary(">", this.#place, end));
  }

  /** Each element counts with how near it is: 1 at its own place, falling to 0 at the next ones. */
  #linear(place: Expression): Expression {
    const { b } = this.#call;
    return this.#vector.sum((k, value) => {
      const nearness = b.subtract(b.number(1), b.call("abs", b.subtract(place, k)));
      return b.multiply(value, b.call("max", b.number(0), nearness));
    });
  }

  #at(whole: Expression): Expression {
    const { b } = this.#call;
    return this.#vector.sum((k, value) => b.if(b.binary("==", k, whole), value, b.number(0)));
  }

  /** The number of the line on which a place lies; the nearest one outside. */
  #line(place: Expression): Expression {
    const { b } = this.#call;
    return b.call("clip", b.call("floor", place), b.number(0), b.number(this.#vector.size - 2));
  }

  /** By how much the line on which x lies rises from one element to the next. */
  #difference(line: Expression = this.#line(this.#place)): Expression {
    const { b } = this.#call;
    return this.#vector.sum((k, value, next) => b.if(b.binary("==", k, line), b.subtract(next, value), b.number(0)));
  }

  /** At an element the mean of the lines before and after it. */
  #slope(): Expression {
    const { b } = this.#call;
    const before = this.#line(b.subtract(b.call("ceil", this.#place), b.number(1)));
    const both = b.add(this.#difference(before), this.#difference());
    return b.divide(b.multiply(b.number(0.5), both), this.#step);
  }

  /** The area from the first element: of each line the trapezoid up to the place. */
  #area(place: Expression): Expression {
    const { b } = this.#call;
    const last = b.number(this.#vector.size - 1);
    const sum = this.#vector.sum((k, value, next) => {
      const part = b.call("clip", b.subtract(place, k), b.number(0), b.number(1));
      const height = b.add(value, b.multiply(b.number(0.5), b.multiply(part, b.subtract(next, value))));
      return b.if(b.binary("<", k, last), b.multiply(part, height), b.number(0));
    });
    return b.multiply(sum, this.#step);
  }

  /** The area between the nearest end and x, under the line that goes on there. */
  #areaOutside(clipped: Expression): Expression {
    const { b } = this.#call;
    const beyond = b.subtract(this.#place, clipped);
    const height = b.add(this.#linear(clipped), b.multiply(b.number(0.5), b.multiply(beyond, this.#difference())));
    return b.multiply(b.multiply(beyond, height), this.#step);
  }

  /**
   * The x of a value, of elements that rise or fall throughout: of each line the part below the value. Beyond the ends the first or last line
   * may go on.
   */
  #inverse(goesOn: boolean): Expression {
    const { b } = this.#call;
    const last = b.number(this.#vector.size - 1);
    const whole = this.#vector.sum((k, value, next) =>
      b.if(b.binary("<", k, last), b.subtract(next, value), b.number(0)),
    );
    const place = this.#vector.sum((k, value, next) => {
      const rise = b.subtract(next, value);
      const part = b.divide(b.subtract(this.#x, value), rise);
      const upper = goesOn
        ? b.if(b.binary("==", k, b.subtract(last, b.number(1))), b.number(Number.MAX_VALUE), b.number(1))
        : b.number(1);
      const lower = goesOn
        ? b.if(b.binary("==", k, b.number(0)), b.number(-Number.MAX_VALUE), b.number(0))
        : b.number(0);
      // A level line lies below the value as a whole, or above it.
      const isBeyond = b.binary(">", b.multiply(b.subtract(this.#x, value), whole), b.number(0));
      const level = b.if(isBeyond, b.number(1), b.number(0));
      const inside = b.if(b.binary("==", rise, b.number(0)), level, b.call("clip", part, lower, upper));
      return b.if(b.binary("<", k, last), inside, b.number(0));
    });
    return b.add(this.#low, b.multiply(place, this.#step));
  }
}

export const VECTOR_LOOKUP: FunctionTable = { vector_lookup: written(5, vectorLookup) };
