/** `solve(x, f, low, high)`: the x between two bounds at which an equation of x is 0. */
import { add, binary, constant, multiply, SELF, select, unary } from "./build-term.ts";
import type { Call } from "./resolve-call.ts";
import type { EquationResolver, Scope } from "./resolve-equation.ts";
import { freeAxes, type Term, type Unknown } from "./term.ts";
import { keepsUnknown } from "./unknowns.ts";

/** Halvings of the interval: it ends at 2^-60 of its length. */
const HALVINGS = 60;

const stored = (body: Term): Term => ({ kind: "stored", body });

/** Unknowns inside each other. */
const MAX_DEPTH = 20;

/**
 * Halves the interval, keeping the half at whose ends f has other signs; f must rise or fall throughout. Where it has one sign everywhere, the
 * end at which it is nearer to 0.
 */
export function resolveSolve(resolver: EquationResolver, call: Call, scope: Scope): Term | null {
  const [name, body, from, to] = call.arguments;
  const word = name?.kind === "name" ? name.name : null;
  const depth = [...resolver.locals.values()].filter((t) => t.kind === "unknown").length;
  if (word === null || isKnown(resolver, word, scope) || depth >= MAX_DEPTH) {
    resolver.diagnostics.add("local-name", name!.span, { name: word ?? "…", call: call.name });
    return null;
  }
  const low = resolver.resolve(from!, scope);
  const high = resolver.resolve(to!, scope);
  const at = (x: Term): Term | null => {
    resolver.locals.set(word, x);
    const value = resolver.resolve(body!, scope);
    resolver.locals.delete(word);
    return value;
  };
  const written = at(SELF);
  if (!low || !high || !written) return null;
  const ends: readonly [Term, Term] = [stored(low), stored(high)];
  const [first, last] = [stored(at(ends[0])!), stored(at(ends[1])!)];
  const sign = stored(isPositive(first));
  const axes = [...new Set([written, low, high].flatMap((t) => freeAxes(t)))];
  const middle: Unknown = { kind: "unknown", depth, axes };
  const isBelow = (x: Term) => binary("equal", isPositive(at(x)!), sign);
  const inside = isBelow(middle);
  const root: Term = keepsUnknown(inside)
    ? halvedInFull(ends, isBelow)
    : { kind: "halved", unknown: middle, low: ends[0], high: ends[1], isBelow: inside, times: HALVINGS };
  const nearer = select(binary("less-equal", unary("abs", first), unary("abs", last)), ends[0], ends[1]);
  const isOutside = binary("equal", isPositive(last), sign);
  const value = select(isOutside, nearer, root);
  return { kind: "call", name: call.name, arguments: [SELF, written, low, high], value };
}

const isPositive = (value: Term): Term => binary("greater", value, constant(0));

/** The same, halving by halving: what has a memory has one for each. */
function halvedInFull([low, high]: readonly [Term, Term], isBelow: (x: Term) => Term): Term {
  let [below, above] = [low, high];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = stored(multiply(constant(0.5), add(below, above)));
    const moves = stored(isBelow(middle));
    [below, above] = [stored(select(moves, middle, below)), stored(select(moves, above, middle))];
  }
  return multiply(constant(0.5), add(below, above));
}

const isKnown = ({ symbols, locals }: EquationResolver, name: string, scope: Scope): boolean =>
  symbols.variables.has(name) ||
  symbols.axes.has(name) ||
  symbols.groups.has(name) ||
  locals.has(name) ||
  scope.has(name);
