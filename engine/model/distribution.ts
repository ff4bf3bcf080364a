/** Distributions of uncertain parameters, as an author writes them: `normal(1.3, 0.2, 0.7, 1.8)`. */
import type { DiagnosticList } from "../diagnostics/diagnostic.ts";
import type { Equation, Expression } from "../language/equation.ts";

export type DistributionFamily = "uniform" | "triangular" | "normal" | "lognormal" | "beta";

/** A family and its parameters, for one element. */
export interface Distribution {
  readonly family: DistributionFamily;
  readonly parameters: readonly number[];
}

interface Family {
  readonly counts: readonly number[];
  /** The rule that the parameters must obey, and its wording for messages. */
  readonly rule: string;
  readonly holds: (p: readonly number[]) => boolean;
}

const FAMILIES: Readonly<Record<DistributionFamily, Family>> = {
  uniform: { counts: [2], rule: "uniform(low, high): low <= high", holds: ([a, b]) => a! <= b! },
  triangular: {
    counts: [3],
    rule: "triangular(low, mode, high): low <= mode <= high, low < high",
    holds: ([a, m, b]) => a! <= m! && m! <= b! && a! < b!,
  },
  normal: {
    counts: [2, 4],
    rule: "normal(mean, sd) or normal(mean, sd, low, high): sd > 0, low < high",
    holds: ([, s, lo, hi]) => s! > 0 && (lo === undefined || lo < hi!),
  },
  lognormal: { counts: [2], rule: "lognormal(mu, sigma): sigma > 0", holds: ([, s]) => s! > 0 },
  beta: {
    counts: [2, 4],
    rule: "beta(a, b) or beta(a, b, low, high): a > 0, b > 0, low < high",
    holds: ([a, b, lo, hi]) => a! > 0 && b! > 0 && (lo === undefined || lo < hi!),
  },
};
export const DISTRIBUTION_FAMILIES = Object.keys(FAMILIES) as readonly DistributionFamily[];

/**
 * The distribution of each element. `value` in its arguments is the element's declared value.
 *
 * @param values declared values of the elements, or null where there are none
 */
export function readDistribution(
  equation: Equation,
  size: number,
  values: Float64Array | null,
  diagnostics: DiagnosticList,
): Distribution[] | null {
  const { expression } = equation;
  const allowed = DISTRIBUTION_FAMILIES;
  if (expression.kind !== "call" || !allowed.some((f) => f === expression.name)) {
    diagnostics.add("distribution-syntax", expression.span, { text: equation.source.text.trim(), allowed });
    return null;
  }
  const family = expression.name as DistributionFamily;
  const { counts, rule, holds } = FAMILIES[family];
  const result: Distribution[] = [];
  for (let i = 0; i < size; i++) {
    const parameters = expression.arguments.map((a) => evaluate(a, values?.[i] ?? null));
    const numbers = parameters.filter((p) => p !== null);
    if (numbers.length < parameters.length) {
      diagnostics.add("distribution-syntax", expression.span, { text: equation.source.text.trim(), allowed });
      return null;
    }
    if (!counts.includes(numbers.length) || !numbers.every(Number.isFinite) || !holds(numbers)) {
      diagnostics.add("distribution-parameters", expression.span, { name: family, rule, given: numbers.join(", ") });
      return null;
    }
    result.push({ family, parameters: numbers });
  }
  return result;
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
