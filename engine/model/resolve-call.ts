/** Calls of functions and lookups: the name, the number of arguments, and what the table of functions says of each. */
import { nearestNames } from "../diagnostics/nearest.ts";
import type { Expression } from "../language/equation.ts";
import { binary, constant, foldConstant, storedIfLarge, unary } from "./build-term.ts";
import { checkDelayTime } from "./check-delay-time.ts";
import type { FunctionParameter } from "./functions/function-entry.ts";
import { FUNCTIONS, type FunctionEntry, functionByForeignName } from "./functions.ts";
import {
  resolveAllocate,
  resolveCount,
  resolveGroupWeight,
  resolveMean,
  resolveNormalised,
  resolvePosition,
  resolveRank,
  resolveReduce,
  resolveStandardDeviation,
} from "./resolve-dimension-call.ts";
import type { EquationResolver, Scope } from "./resolve-equation.ts";
import { readLookup, resolveCurve, resolveLookupFunction } from "./resolve-lookup.ts";
import { resolveSolve } from "./resolve-solve.ts";
import { type Term, termSize } from "./term.ts";

export type Call = Extract<Expression, { kind: "call" }>;

/** Operations by which a function that uses an argument several times may enlarge an equation. */
const MAX_REPEATED = 200;
/** Most stages of a delay. */
const MAX_ORDER = 100;

export function resolveCall(resolver: EquationResolver, call: Call, scope: Scope): Term | null {
  const { symbols, diagnostics } = resolver;
  const variable = symbols.variables.get(call.name);
  if (variable?.kind === "lookup") {
    if (!hasArity(resolver, call, 1, 1, `${call.name}(x)`)) return null;
    return readLookup(resolver, variable, call, call.arguments[0]!, variable.mode, scope);
  }
  if (variable) {
    diagnostics.add("not-a-function", call.nameSpan, { name: call.name, kind: variable.kind });
    return null;
  }
  const entry = Object.hasOwn(FUNCTIONS, call.name) ? FUNCTIONS[call.name] : undefined;
  if (!entry) {
    if (!symbols.broken.has(call.name)) reportUnknown(resolver, call);
    return null;
  }
  if (call.subscripts) {
    diagnostics.add("not-a-value", call.nameSpan, { name: call.name, kind: "function" });
    return null;
  }
  if (!hasArity(resolver, call, entry.atLeast, entry.atMost, entry.signature)) return null;
  return resolveFunction(resolver, call, entry, scope);
}

function reportUnknown(resolver: EquationResolver, call: Call): void {
  const { symbols, diagnostics } = resolver;
  const lookups = [...symbols.variables.values()].filter((v) => v.kind === "lookup").map((v) => v.name);
  const near = nearestNames(call.name, [...Object.keys(FUNCTIONS), ...lookups]);
  const instead = functionByForeignName(call.name)?.signature ?? null;
  diagnostics.add("unknown-function", call.nameSpan, { name: call.name, near, instead });
}

function hasArity(resolver: EquationResolver, call: Call, atLeast: number, atMost: number, signature: string): boolean {
  const given = call.arguments.length;
  if (given >= atLeast && given <= atMost) return true;
  resolver.diagnostics.add("argument-count", call.span, { name: call.name, given, atLeast, atMost, signature });
  return false;
}

function resolveFunction(resolver: EquationResolver, call: Call, entry: FunctionEntry, scope: Scope): Term | null {
  const { form } = entry;
  if (form.kind === "reduce") return resolveReduce(resolver, call, form.op, scope);
  if (form.kind === "special") return resolveSpecial(resolver, call, form.name, scope);
  if (form.kind === "lookup") return resolveLookupFunction(resolver, call, form.mode, scope);
  if (form.kind === "curve") return resolveCurve(resolver, call, form.value, scope);
  const args = resolveArguments(resolver, call, entry, scope);
  if (!args) return null;
  switch (form.kind) {
    case "unary":
      return unary(form.op, args[0]!);
    case "fold": {
      const [first, ...rest] = args;
      return rest.reduce<Term>((left, right) => binary(form.op, left, right), first!);
    }
    case "build": {
      if (entry.adjusts) checkDelayTime(resolver, call, entry.adjusts, args);
      const { step, steps } = resolver.time;
      const build = (of: readonly Term[]) => form.build(of, { timeStep: step.numerator / step.denominator, steps });
      const plain = build(args);
      const given = args.reduce((n, a) => n + termSize(a), 0);
      const value = termSize(plain) > given + MAX_REPEATED ? build(args.map(storedIfLarge)) : plain;
      return { kind: "call", name: entry.name, arguments: args, value };
    }
  }
}

type SpecialName = Extract<FunctionEntry["form"], { kind: "special" }>["name"];

function resolveSpecial(resolver: EquationResolver, call: Call, name: SpecialName, scope: Scope): Term | null {
  switch (name) {
    case "mean":
      return resolveMean(resolver, call, scope);
    case "stddev":
      return resolveStandardDeviation(resolver, call, scope);
    case "count":
      return resolveCount(resolver, call, scope);
    case "softmax":
    case "share":
      return resolveNormalised(resolver, call, name, scope);
    case "rank":
    case "sort_order": {
      const at = call.arguments[2];
      const direction = at ? resolveDirection(resolver, call, at, scope) : 1;
      return direction && resolveRank(resolver, call, name, direction, scope);
    }
    case "allocate":
      return resolveAllocate(resolver, call, scope);
    case "group_weight":
      return resolveGroupWeight(resolver, call, scope);
    case "position":
      return resolvePosition(resolver, call, scope);
    case "solve":
      return resolveSolve(resolver, call, scope);
  }
}

/** All arguments, or null if one has an error; every one is looked at. */
function resolveArguments(resolver: EquationResolver, call: Call, entry: FunctionEntry, scope: Scope): Term[] | null {
  const terms = call.arguments.map((at, i) => {
    const parameter = entry.parameters[i] ?? entry.parameters.at(-1)!;
    const term = resolver.resolve(at, scope);
    return term && checkArgument(resolver, call, parameter, at, term);
  });
  return terms.some((t) => t === null) ? null : (terms as Term[]);
}

/** An argument as its parameter wants it: an equation, or a number written out. */
function checkArgument(
  resolver: EquationResolver,
  call: Call,
  parameter: FunctionParameter,
  at: Expression,
  term: Term,
): Term | null {
  if (parameter.kind === "order") {
    const order = writtenNumber(resolver, call, parameter.name, at, term);
    if (order === null) return null;
    if (Number.isInteger(order) && order >= 1 && order <= MAX_ORDER) return constant(order);
    const data = { name: call.name, argument: parameter.name, value: order, rule: "order" as const };
    resolver.diagnostics.add("argument-out-of-range", at.span, data);
    return null;
  }
  if (parameter.kind !== "years") return term;
  const years = writtenNumber(resolver, call, parameter.name, at, term);
  if (years === null) return null;
  const { step } = resolver.time;
  if (years > 0 && Number.isInteger((years * step.denominator) / step.numerator)) return constant(years);
  if (years > 0)
    resolver.diagnostics.add("history-not-whole", at.span, { years, step: step.numerator / step.denominator });
  else resolver.diagnostics.add("argument-not-constant", at.span, { name: call.name, argument: parameter.name });
  return null;
}

function resolveDirection(resolver: EquationResolver, call: Call, at: Expression, scope: Scope): 1 | -1 | null {
  const term = resolver.resolve(at, scope);
  const direction = term && writtenNumber(resolver, call, "direction", at, term);
  if (direction === null || direction === 1 || direction === -1) return direction;
  const data = { name: call.name, argument: "direction", value: direction, rule: "direction" as const };
  resolver.diagnostics.add("argument-out-of-range", at.span, data);
  return null;
}

function writtenNumber(
  resolver: EquationResolver,
  call: Call,
  argument: string,
  at: Expression,
  term: Term,
): number | null {
  const value = foldConstant(term);
  if (value === null) resolver.diagnostics.add("argument-not-constant", at.span, { name: call.name, argument });
  return value;
}
