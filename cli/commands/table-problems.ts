/** What is wrong in the tables that a command reads beside a model, for the user. */
import type { TableProblem } from "../../engine/calibration/named-table.ts";
import type { Language } from "../../engine/diagnostics/diagnostic.ts";

/** Writes all problems to standard error, a line each; returns whether there are any. */
export function hasProblems(problems: readonly TableProblem[], language: Language): boolean {
  for (const problem of problems) {
    const place = `${problem.path}:${problem.line}`;
    process.stderr.write(language === "zh" ? `错误：${place}：${problem.zh}\n` : `error: ${place}: ${problem.en}\n`);
  }
  return problems.length > 0;
}
