/** Warns of delays and smooths that are too quick for the step. */
import { foldConstant } from "./build-term.ts";
import type { FunctionEntry } from "./functions/function-entry.ts";
import type { Call } from "./resolve-call.ts";
import type { EquationResolver } from "./resolve-equation.ts";
import type { Term } from "./term.ts";

/** Steps that one stage of a delay should have at least; below, the numbers are those of the step, not of the delay. */
const STEPS_A_STAGE = 4;

/** Looks at the time of a delay where it is constant: a number, or a parameter with declared values. */
export function checkDelayTime(
  resolver: EquationResolver,
  call: Call,
  adjusts: NonNullable<FunctionEntry["adjusts"]>,
  args: readonly Term[],
): void {
  const time = shortestTime(args[adjusts.time]!);
  if (time === null || !(time > 0)) return;
  const { stages } = adjusts;
  const count = typeof stages === "number" ? stages : foldConstant(args[stages.argument]!)!;
  const { step } = resolver.time;
  const length = step.numerator / step.denominator;
  if (time / count >= STEPS_A_STAGE * length) return;
  const enough = Math.ceil((STEPS_A_STAGE * count * step.numerator) / (step.denominator * time));
  const suggestion = { numerator: step.numerator, denominator: step.denominator * enough };
  resolver.diagnostics.add("step-too-long", call.arguments[adjusts.time]!.span, {
    name: call.name,
    time,
    stages: count,
    step: length,
    unit: resolver.time.unit,
    suggestion: suggestion.numerator / suggestion.denominator,
  });
}

/** The value of a constant term; of a parameter the smallest of its declared values. */
function shortestTime(term: Term): number | null {
  if (term.kind !== "read") return foldConstant(term);
  const { variable } = term;
  return variable.kind === "parameter" && variable.values ? variable.values.reduce((a, b) => Math.min(a, b)) : null;
}
