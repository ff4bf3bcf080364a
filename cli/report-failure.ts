/** How a command ends badly: one message for each kind of failure. Nobody is shown a stack trace. */
import { type Language, UsageError } from "../engine/diagnostics/diagnostic.ts";
import { renderInternalError, renderUsageError } from "../engine/diagnostics/render.ts";
import { ChartError, chartProblemText } from "../output/charts/chart-problem.ts";
import { ResultsError } from "../output/results/results-error.ts";
import { describeInChinese } from "../output/results/results-error-zh.ts";
import { EXIT } from "./failure.ts";
import { isSystemError, systemErrorText } from "./system-error.ts";
import { usageInChinese } from "./usage-wording.ts";

/** Errors that say all there is to say in their message: of results, charts and ensembles. */
const PLAIN = new Set(["ResultsError", "ChartError", "EnsembleError"]);

/** Writes the message of whatever was thrown to standard error; returns the exit code. */
export function reportFailure(error: unknown, language: Language): number {
  if (error instanceof UsageError) {
    const shown = language === "zh" ? new UsageError(usageInChinese(error.message)) : error;
    process.stderr.write(`${renderUsageError(shown, language)}\n`);
    return EXIT.use;
  }
  if (error instanceof Error && (PLAIN.has(error.name) || isSystemError(error))) {
    const zh = language === "zh";
    const message = isSystemError(error) ? systemErrorText(error, language) : zh ? inChinese(error) : error.message;
    process.stderr.write(`${zh ? "错误：" : "error: "}${message}\n`);
    return EXIT.failed;
  }
  const stack = process.env.TERRACE_STACK === "1";
  process.stderr.write(`${renderInternalError(error, { language, stack })}\n`);
  return EXIT.failed;
}

function inChinese(error: Error): string {
  if (error instanceof ResultsError) return describeInChinese(error.problem);
  if (error instanceof ChartError) return chartProblemText(error.problem, "zh");
  return error.message;
}
