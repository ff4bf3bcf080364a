/**
 * Allocation by willingness to pay (Vensim reference manual, "Allocation Overview" and "ALLOCATE AVAILABLE"): each request is spread over prices as
 * a distribution about a priority; at a price as much of it is met as lies above. Whatever is allocated, one price clears the market.
 */
import type { Expression } from "../equation.ts";
import type { ExpressionBuilder } from "./build-expression.ts";
import type { Family } from "./families.ts";
import type { ForeignExpression } from "./foreign-model.ts";
import { written } from "./function-rules.ts";
import type { ForeignCall, FunctionTable } from "./functions.ts";
import { reduce } from "./reductions.ts";
import { type Bound, fixedAt, freeAxis, NotCompact, type Scope } from "./scope.ts";
import { runAgain, vectorBound } from "./vector-rules.ts";

/** Widths from its priority within which a price is looked for, by type; Vensim's market prices end there. */
const REACH: readonly number[] = [0.5, 0.5, 0.5, 5, 10];
/** The same where a request is allocated, which is then exact far into the tails. */
const FAR = 40;
/** The name that stands for the price. */
const PRICE = "price_that_clears";

/** How a request is spread: what a profile says at one element. */
interface Profile {
  readonly type: Expression;
  readonly priority: Expression;
  readonly width: Expression;
}

/** The share of a request that lies above a price. */
function shareAbove(price: Expression, { type, priority, width }: Profile, b: ExpressionBuilder): Expression {
  const distance = b.subtract(price, priority);
  const half = b.divide(width, b.number(2));
  const clip = (x: Expression) => b.call("clip", x, b.number(0), b.number(1));
  const rectangular = clip(b.subtract(b.number(0.5), b.divide(distance, width)));
  // A triangle over one width: squares of the part below or above the middle.
  const below = clip(b.divide(b.add(distance, half), width));
  const above = clip(b.divide(b.subtract(half, distance), width));
  const square = (x: Expression) => b.multiply(b.number(2), b.multiply(x, x));
  const isLow = b.binary("<", distance, b.number(0));
  const triangular = b.if(isLow, b.subtract(b.number(1), square(below)), square(above));
  const normal = b.call("normal_cdf", b.negate(b.divide(distance, width)));
  const decay = b.multiply(b.number(0.5), b.call("exp", b.negate(b.divide(b.call("abs", distance), width))));
  const exponential = b.if(isLow, b.subtract(b.number(1), decay), decay);
  // A fixed quantity does not look at the price.
  return choose(type, [b.number(1), rectangular, triangular, normal, exponential], b);
}

/** The share of an offer that lies below a price. */
function shareBelow(price: Expression, profile: Profile, b: ExpressionBuilder): Expression {
  const below = b.subtract(b.number(1), shareAbove(price, profile, b));
  const { type } = profile;
  if (type.kind === "number") return type.value === 0 ? b.number(1) : below;
  return b.if(b.binary("==", b.call("round", type), b.number(0)), b.number(1), below);
}

/** The alternative whose number, from 0, a type is. */
function choose(type: Expression, alternatives: readonly Expression[], b: ExpressionBuilder): Expression {
  if (type.kind === "number") return alternatives[Math.round(type.value)]!;
  const isType = (i: number) => b.binary("==", b.call("round", type), b.number(i));
  // A type that is none of them has no value, and the run then ends with an error.
  return alternatives.reduceRight((rest, a, i) => b.if(isType(i), a, rest), b.number(Number.NaN));
}

/** The profile of an element: the last subscript of `priority vector[region, ptype]` and the three elements after it. */
function profileOf(call: ForeignCall, e: ForeignExpression, scope: Scope): Profile | null {
  const { t, b } = call;
  const variable = e.kind === "name" ? t.context.variables.get(e.name.key) : undefined;
  const last = e.kind === "name" ? e.subscripts?.at(-1) : undefined;
  if (e.kind !== "name" || !variable || !e.subscripts || last?.kind !== "name") {
    t.fail("foreign-not-vector", e.span, { name: call.name.text });
    return null;
  }
  const family: Family | undefined = variable.axes.at(-1)?.family;
  const first = family?.positions.get(last.name.key);
  const home = variable.axes.at(-1)?.range?.positions ?? [];
  const start = first === undefined ? -1 : home.indexOf(first);
  const before = e.subscripts.slice(0, -1);
  const parts = [0, 1, 2].map((k): Expression => {
    const position = home[start + k];
    const element = start < 0 || position === undefined ? undefined : family?.elements[position];
    if (!element) return b.number(0);
    const { span } = last;
    const name = { text: element.text, key: element.key, span };
    const at: ForeignExpression = { ...e, subscripts: [...before, { kind: "name", name, bang: false, span }] };
    const known = k === 0 ? sameEverywhere(call, at, scope) : null;
    if (known !== null && !(known >= 0 && known < REACH.length)) t.fail("foreign-profile", at.span, { type: known });
    return known === null ? t.translate(at, scope) : b.number(known);
  });
  if (start < 0) t.fail("foreign-not-vector", last.span, { name: call.name.text });
  return { type: parts[0]!, priority: parts[1]!, width: parts[2]! };
}

/** The value of a constant that is the same at all elements of a scope; else null. */
function sameEverywhere(call: ForeignCall, e: ForeignExpression, scope: Scope): number | null {
  try {
    return call.t.context.constantValue(e, scope);
  } catch (error) {
    if (!(error instanceof NotCompact)) throw error;
    const bound = scope.find((s) => s.axis === error.bound.axis);
    if (!bound || bound.at !== null) throw error;
    const values = bound.positions.map((_, at) => sameEverywhere(call, e, fixedAt(scope, bound, at)));
    return values.every((v) => v === values[0]) ? values[0]! : null;
  }
}

/** Something that is spread over prices, run through by a bound. */
interface Market {
  readonly bound: Bound;
  readonly hidden: Scope;
  readonly quantity: (scope: Scope) => Expression;
  readonly profile: (scope: Scope) => Profile | null;
}

function marketOf(call: ForeignCall, bound: Bound, quantity: ForeignExpression, profile: ForeignExpression): Market {
  const { t, scope } = call;
  const { inner, hidden } = scope.includes(bound) ? runAgain(scope, bound) : { inner: bound, hidden: scope };
  return {
    bound: inner,
    hidden,
    quantity: (at) => t.translate(quantity, at),
    profile: (at) => profileOf(call, profile, at),
  };
}

const NO_PROFILE = (b: ExpressionBuilder): Profile => {
  const nothing = b.number(0);
  return { type: nothing, priority: nothing, width: nothing };
};

function total(
  { bound, hidden, quantity, profile }: Market,
  price: Expression,
  isOffer: boolean,
  b: ExpressionBuilder,
) {
  return reduce("sum", [bound], hidden, b, (at) => {
    const share = isOffer ? shareBelow : shareAbove;
    return b.multiply(quantity(at), share(price, profile(at) ?? NO_PROFILE(b), b));
  });
}

/** The lowest or highest price that any of a market's profiles reaches. */
function reach(
  op: "minimum" | "maximum",
  { bound, hidden, profile }: Market,
  widths: readonly number[],
  b: ExpressionBuilder,
): Expression {
  return reduce(op, [bound], hidden, b, (at) => {
    const { type, priority, width } = profile(at) ?? NO_PROFILE(b);
    const most =
      widths.length === 1
        ? b.number(widths[0]!)
        : choose(
            type,
            widths.map((w) => b.number(w)),
            b,
          );
    const span = b.multiply(most, b.call("abs", width));
    return op === "minimum" ? b.subtract(priority, span) : b.add(priority, span);
  });
}

/** ALLOCATE AVAILABLE(request, profile, available): all of it where there is enough, else what the clearing price leaves. */
function allocateAvailable(call: ForeignCall): Expression {
  const { t, scope, b, arguments: args } = call;
  const bound = vectorBound(call, args[0]!);
  if (!bound) return b.number(0);
  const market = marketOf(call, bound, args[0]!, args[1]!);
  const available = t.translate(args[2]!, scope);
  const own = profileOf(call, args[1]!, scope);
  if (!own) return b.number(0);
  return allocated(market, available, t.translate(args[0]!, scope), own, b);
}

function allocated(
  market: Market,
  available: Expression,
  request: Expression,
  own: Profile,
  b: ExpressionBuilder,
): Expression {
  const wanted = reduce("sum", [market.bound], market.hidden, b, market.quantity);
  const excess = b.subtract(total(market, b.name(PRICE), false, b), available);
  const price = b.call(
    "solve",
    b.name(PRICE),
    excess,
    reach("minimum", market, [FAR], b),
    reach("maximum", market, [FAR], b),
  );
  // Fixed quantities share what there is in proportion (numbers of Vensim).
  const proportional = b.multiply(request, b.divide(available, wanted));
  const priced = b.multiply(request, shareAbove(price, own, b));
  const part =
    own.type.kind === "number"
      ? own.type.value === 0
        ? proportional
        : priced
      : b.if(b.binary("==", b.call("round", own.type), b.number(0)), proportional, priced);
  const isEnough = b.binary(">=", available, wanted);
  return b.if(isEnough, request, b.if(b.binary("<=", available, b.number(0)), b.number(0), part));
}

/** ALLOCATE BY PRIORITY(request, priority, size, width, supply): rectangular profiles of one width. */
function allocateByPriority(call: ForeignCall): Expression {
  const { t, scope, b, arguments: args } = call;
  const bound = vectorBound(call, args[0]!);
  if (!bound) return b.number(0);
  const width = t.translate(args[3]!, scope);
  const profile = (at: Scope): Profile => ({
    type: b.number(1),
    priority: t.translate(args[1]!, at),
    width,
  });
  const { inner, hidden } = scope.includes(bound) ? runAgain(scope, bound) : { inner: bound, hidden: scope };
  const market: Market = { bound: inner, hidden, quantity: (at) => t.translate(args[0]!, at), profile };
  const available = t.translate(args[4]!, scope);
  return allocated(market, available, t.translate(args[0]!, scope), profile(scope), b);
}

/** Stella's ALLOCATE(available, dimension, request, priority, width, [type]); the type is a normal profile where none is given. */
function allocate(call: ForeignCall): Expression {
  const { t, scope, b, arguments: args } = call;
  const dimension = args[1]!;
  const bound = dimension.kind === "name" ? scope.find((s) => s.key === dimension.name.key) : undefined;
  if (!bound) return t.fail("foreign-not-vector", dimension.span, { name: call.name.text });
  const { inner, hidden } = runAgain(scope, bound);
  /** A wildcard means the same element as the dimension. */
  const at = (e: ForeignExpression, here: Scope): Expression => {
    const own = here.findLast((s) => s.key === bound.key)!;
    return t.translate(e, [...here, { ...own, key: `${bound.key}*` }]);
  };
  const profile = (here: Scope): Profile => ({
    type: args[5] ? knownType(call, args[5], here) : b.number(3),
    priority: at(args[3]!, here),
    width: at(args[4]!, here),
  });
  const market: Market = { bound: inner, hidden, quantity: (here) => at(args[2]!, here), profile };
  return allocated(market, t.translate(args[0]!, scope), at(args[2]!, scope), profile(scope), b);
}

function knownType(call: ForeignCall, e: ForeignExpression, scope: Scope): Expression {
  const known = sameEverywhere(call, e, scope);
  return known === null ? call.t.translate(e, scope) : call.b.number(known);
}

/** The bound of a market that names its first element: `demand[d1]` stands for all of them. */
function wholeBound(call: ForeignCall, e: ForeignExpression): Bound | null {
  const { t, scope } = call;
  const variable = e.kind === "name" ? t.context.variables.get(e.name.key) : undefined;
  if (e.kind === "name" && variable && e.subscripts?.length === variable.axes.length) {
    for (let i = variable.axes.length - 1; i >= 0; i--) {
      const s = e.subscripts[i]!;
      const axis = variable.axes[i]!;
      if (s.kind !== "name" || t.context.families.range(s.name.key)) continue;
      const positions = axis.range?.positions ?? axis.family.elements.map((_, k) => k);
      return {
        key: s.name.key,
        range: axis.range,
        family: axis.family,
        axis: freeAxis(scope, axis.family),
        positions,
        at: null,
      };
    }
  }
  return vectorBound(call, e);
}

/** An expression with one element replaced by the range that a bound runs through. */
function over(e: ForeignExpression, bound: Bound): ForeignExpression {
  if (e.kind !== "name" || !e.subscripts || !bound.range) return e;
  const { key, text } = bound.range;
  const subscripts = e.subscripts.map((s) =>
    s.kind === "name" && s.name.key === bound.key ? { ...s, name: { ...s.name, key, text } } : s,
  );
  return { ...e, subscripts };
}

/** FIND MARKET PRICE(demand, demand profile, supply, supply profile): where as much is offered as is asked for. */
function findMarketPrice(call: ForeignCall): Expression {
  const { b, arguments: args } = call;
  const markets = [0, 2].map((i): Market | null => {
    const bound = wholeBound(call, args[i]!);
    if (!bound) return null;
    const named = bound.range ? { ...bound, key: bound.range.key } : bound;
    return marketOf(call, named, over(args[i]!, bound), over(args[i + 1]!, bound));
  });
  const [demand, supply] = markets;
  if (!demand || !supply) return b.number(0);
  const price = b.name(PRICE);
  const excess = b.subtract(total(demand, price, false, b), total(supply, price, true, b));
  const low = b.call("min", reach("minimum", demand, REACH, b), reach("minimum", supply, REACH, b));
  const high = b.call("max", reach("maximum", demand, REACH, b), reach("maximum", supply, REACH, b));
  return b.call("solve", price, excess, low, high);
}

/** DEMAND AT PRICE and SUPPLY AT PRICE(quantity, profile, price) */
const atPrice = (isOffer: boolean) =>
  written(3, (call) => {
    const { t, scope, b, arguments: args } = call;
    const profile = profileOf(call, args[1]!, scope);
    if (!profile) return b.number(0);
    const share = isOffer ? shareBelow : shareAbove;
    return b.multiply(t.translate(args[0]!, scope), share(t.translate(args[2]!, scope), profile, b));
  });

export const STELLA_ALLOCATE: FunctionTable = { allocate: written([5, 6], allocate) };

export const PRICE_FUNCTIONS: FunctionTable = {
  allocate_available: written(3, allocateAvailable),
  allocate_by_priority: written(5, allocateByPriority),
  find_market_price: written(4, findMarketPrice),
  demand_at_price: atPrice(false),
  supply_at_price: atPrice(true),
};
