/** Distributions of uncertain parameters, as an author writes them: `normal(1.3, 0.2, 0.7, 1.8)`. */
import type { DiagnosticList } from "../diagnostics/diagnostic.ts";
import type { Equation, Expression } from "../language/equation.ts";

/** Families that are written as a call. */
export type CalledFamily =
  | "uniform"
  | "triangular"
  | "normal"
  | "lognormal"
  | "beta"
  | "gamma"
  | "pert"
  | "discrete"
  | "dirichlet";

/** `empirical` and `joint` are read from a column of a file, see `sampled-distribution.ts`. */
export type DistributionFamily = CalledFamily | "empirical" | "joint";

/**
 * A family and its parameters, for one element.
 *
 * `discrete` has pairs of a value and its probability in ascending order of the values, probabilities summing to one; `dirichlet` has
 * the concentration of the element; `empirical` has the observed values in ascending order, `joint` in the order of the file.
 */
export interface Distribution {
  readonly family: DistributionFamily;
  readonly parameters: readonly number[];
}

/** What is known of the parameter that has the distribution. */
export interface DistributionOwner {
  /** Number of elements. */
  readonly size: number;
  /** Length of the last dimension, over which shares sum to one; 1 for a scalar. */
  readonly lastLength: number;
  /** Declared values of the elements, or null where there are none. */
  readonly values: Float64Array | null;
}

interface Family {
  readonly counts: (count: number) => boolean;
  /** The rule that the parameters must obey, and its wording for messages. */
  readonly rule: string;
  readonly holds: (p: readonly number[], lastLength: number) => boolean;
}

const oneOf =
  (...counts: number[]) =>
  (count: number): boolean =>
    counts.includes(count);

/** Below this a gamma number of that shape may underflow to 0, and shares be 0 / 0. */
const LEAST_CONCENTRATION = 0.05;

const FAMILIES: Readonly<Record<CalledFamily, Family>> = {
  uniform: { counts: oneOf(2), rule: "uniform(low, high): low <= high", holds: ([a, b]) => a! <= b! },
  triangular: {
    counts: oneOf(3),
    rule: "triangular(low, mode, high): low <= mode <= high, low < high",
    holds: ([a, m, b]) => a! <= m! && m! <= b! && a! < b!,
  },
  normal: {
    counts: oneOf(2, 4),
    rule: "normal(mean, sd) or normal(mean, sd, low, high): sd > 0, low < high",
    holds: ([, s, lo, hi]) => s! > 0 && (lo === undefined || lo < hi!),
  },
  lognormal: { counts: oneOf(2), rule: "lognormal(mu, sigma): sigma > 0", holds: ([, s]) => s! > 0 },
  beta: {
    counts: oneOf(2, 4),
    rule: "beta(a, b) or beta(a, b, low, high): a > 0, b > 0, low < high",
    holds: ([a, b, lo, hi]) => a! > 0 && b! > 0 && (lo === undefined || lo < hi!),
  },
  gamma: {
    counts: oneOf(2),
    rule: "gamma(shape, scale): shape > 0, scale > 0",
    holds: ([shape, scale]) => shape! > 0 && scale! > 0,
  },
  pert: {
    counts: oneOf(3, 4),
    rule: "pert(low, mode, high) or pert(low, mode, high, weight): low <= mode <= high, low < high, weight >= 0",
    holds: ([a, m, b, weight]) => a! <= m! && m! <= b! && a! < b! && (weight === undefined || weight >= 0),
  },
  discrete: {
    counts: (count) => count >= 2 && count % 2 === 0,
    rule: "discrete(value, weight, value, weight, …): weight >= 0, sum(weight) > 0",
    holds: (p) => {
      const weights = p.filter((_, i) => i % 2 === 1);
      return weights.every((w) => w >= 0) && weights.some((w) => w > 0);
    },
  },
  dirichlet: {
    counts: oneOf(1),
    rule: `dirichlet(concentration): concentration >= ${LEAST_CONCENTRATION}, elements >= 2`,
    holds: ([concentration], lastLength) => concentration! >= LEAST_CONCENTRATION && lastLength > 1,
  },
};

export const DISTRIBUTION_FAMILIES = Object.keys(FAMILIES) as readonly CalledFamily[];

/** The distribution of each element. `value` in its arguments is the element's declared value. */
export function readDistribution(
  equation: Equation,
  owner: DistributionOwner,
  diagnostics: DiagnosticList,
): Distribution[] | null {
  const { expression } = equation;
  const wrongSyntax = (): null => {
    const allowed = Object.values(FAMILIES).map((f) => f.rule.split(": ")[0]!);
    diagnostics.add("distribution-syntax", expression.span, { text: equation.source.text.trim(), allowed });
    return null;
  };
  if (expression.kind !== "call" || !DISTRIBUTION_FAMILIES.some((f) => f === expression.name)) return wrongSyntax();
  const family = expression.name as CalledFamily;
  const { counts, rule, holds } = FAMILIES[family];
  const result: Distribution[] = [];
  for (let i = 0; i < owner.size; i++) {
    const parameters = expression.arguments.map((a) => evaluate(a, owner.values?.[i] ?? null));
    const numbers = parameters.filter((p) => p !== null);
    if (numbers.length < parameters.length) return wrongSyntax();
    if (!counts(numbers.length) || !numbers.every(Number.isFinite) || !holds(numbers, owner.lastLength)) {
      diagnostics.add("distribution-parameters", expression.span, { name: family, rule, given: numbers.join(", ") });
      return null;
    }
    result.push({ family, parameters: family === "discrete" ? orderedDiscrete(numbers) : numbers });
  }
  return result;
}

/** Pairs of value and weight as ascending values and probabilities. */
function orderedDiscrete(p: readonly number[]): number[] {
  const pairs = Array.from({ length: p.length / 2 }, (_, i) => ({ value: p[2 * i]!, weight: p[2 * i + 1]! }));
  const total = pairs.reduce((sum, { weight }) => sum + weight, 0);
  return pairs.sort((a, b) => a.value - b.value).flatMap(({ value, weight }) => [value, weight / total]);
}

/** Numbers, `value`, and + - * / of these; null for anything else. */
function evaluate(e: Expression, value: number | null): number | null {
  if (e.kind === "number") return e.value;
  if (e.kind === "name") return e.name === "value" ? value : null;
  if (e.kind === "unary" && e.operator === "-") {
    const operand = evaluate(e.operand, value);
    return operand === null ? null : -operand;
  }
  if (e.kind !== "binary") return null;
  const [a, b] = [evaluate(e.left, value), evaluate(e.right, value)];
  if (a === null || b === null) return null;
  if (e.operator === "+") return a + b;
  if (e.operator === "-") return a - b;
  if (e.operator === "*") return a * b;
  if (e.operator === "/") return a / b;
  return null;
}
