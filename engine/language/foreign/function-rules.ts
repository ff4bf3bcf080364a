/** Short ways to write rules of functions. */
import type { Expression } from "../equation.ts";
import type { ForeignCall, FunctionRule } from "./functions.ts";

/** A rule over its arguments, translated. */
export function rule(
  arity: number | readonly [atLeast: number, atMost: number],
  build: (args: readonly Expression[], call: ForeignCall) => Expression,
): FunctionRule {
  const [atLeast, atMost] = typeof arity === "number" ? [arity, arity] : arity;
  const translated = (call: ForeignCall) => call.arguments.map((a) => call.t.translate(a, call.scope));
  return { atLeast, atMost, build: (call) => build(translated(call), call) };
}

/** A rule that looks at its arguments as they are written. */
export function written(
  arity: number | readonly [atLeast: number, atMost: number],
  build: (call: ForeignCall) => Expression,
): FunctionRule {
  const [atLeast, atMost] = typeof arity === "number" ? [arity, arity] : arity;
  return { atLeast, atMost, build };
}

/** A function of ours with the same arguments in the same order. */
export function same(name: string, arity: number | readonly [atLeast: number, atMost: number]): FunctionRule {
  return rule(arity, (args, { b }) => b.call(name, ...args));
}

/** A number that must be known when the file is read, such as the order of a delay; null where it is not, which is then reported. */
export function knownNumber(call: ForeignCall, argument: number): number | null {
  const at = call.arguments[argument]!;
  const value = call.t.context.startValue(at, call.scope);
  if (value !== null) return value;
  call.t.fail("foreign-not-constant", at.span, { name: call.name.text, argument: argument + 1 });
  return null;
}
