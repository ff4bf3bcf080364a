/** The error of a chart that cannot be drawn, and its problem in words. */
import type { ChartProblemData } from "./chart-problem-data.ts";
import { PROBLEMS } from "./wording/problems.ts";

export type ChartProblem = {
  [Code in keyof ChartProblemData]: { readonly code: Code } & ChartProblemData[Code];
}[keyof ChartProblemData];

/** The chart request and the results do not fit together; `problem` holds the facts, the message says them in English. */
export class ChartError extends Error {
  override readonly name = "ChartError";
  readonly problem: ChartProblem;

  constructor(problem: ChartProblem) {
    super(chartProblemText(problem, "en"));
    this.problem = problem;
  }
}

/** A problem in words; names stay as they are. */
export function chartProblemText(problem: ChartProblem, language: "en" | "zh"): string {
  // The table pairs each code with its own data, which the union cannot show to the compiler.
  const wording = PROBLEMS[problem.code][language] as (data: ChartProblem) => string;
  return wording(problem);
}
