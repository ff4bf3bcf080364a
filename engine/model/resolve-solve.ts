/** `solve(x, f, low, high)`: the x between two bounds at which an equation of x is 0. */
import { add, binary, constant, multiply, SELF, select, unary } from "./build-term.ts";
import type { Call } from "./resolve-call.ts";
import type { EquationResolver, Scope } from "./resolve-equation.ts";
import type { Term } from "./term.ts";

/** Halvings of the interval: it ends at 2^-60 of its length. */
const HALVINGS = 60;

const stored = (body: Term): Term => ({ kind: "stored", body });

/**
 * Halves the interval, keeping the half at whose ends f has other signs; f must rise or fall throughout. Where it has one sign everywhere, the
 * end at which it is nearer to 0.
 */
export function resolveSolve(resolver: EquationResolver, call: Call, scope: Scope): Term | null {
  const [name, body, from, to] = call.arguments;
  const word = name?.kind === "name" ? name.name : null;
  if (word === null || isKnown(resolver, word, scope)) {
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
  let [below, above] = [stored(low), stored(high)];
  const [first, last] = [stored(at(below)!), stored(at(above)!)];
  const ends: readonly [Term, Term] = [below, above];
  const isPositive = (value: Term) => binary("greater", value, constant(0));
  const sign = stored(isPositive(first));
  for (let i = 0; i < HALVINGS; i++) {
    const middle = stored(multiply(constant(0.5), add(below, above)));
    const isBelow = stored(binary("equal", isPositive(at(middle)!), sign));
    [below, above] = [stored(select(isBelow, middle, below)), stored(select(isBelow, above, middle))];
  }
  const nearer = select(binary("less-equal", unary("abs", first), unary("abs", last)), ends[0], ends[1]);
  const isOutside = binary("equal", isPositive(last), sign);
  const value = select(isOutside, nearer, multiply(constant(0.5), add(below, above)));
  return { kind: "call", name: call.name, arguments: [SELF, written, low, high], value };
}

const isKnown = ({ symbols, locals }: EquationResolver, name: string, scope: Scope): boolean =>
  symbols.variables.has(name) ||
  symbols.axes.has(name) ||
  symbols.groups.has(name) ||
  locals.has(name) ||
  scope.has(name);
