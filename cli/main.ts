/** The command line: which commands there are. Each one's options stand beside its work, in `commands/`. */
import yargs from "yargs";
import { UsageError } from "../engine/diagnostics/diagnostic.ts";
import { auditOptions } from "./commands/audit-options.ts";
import { calibrateOptions } from "./commands/calibrate-options.ts";
import { chartsOptions } from "./commands/charts-options.ts";
import { checkOptions } from "./commands/check-options.ts";
import { compareOptions } from "./commands/compare-options.ts";
import { convertOptions } from "./commands/convert-options.ts";
import { explainOptions } from "./commands/explain-options.ts";
import { exportOptions } from "./commands/export-options.ts";
import { initOptions } from "./commands/init-options.ts";
import { mergeOptions } from "./commands/merge-options.ts";
import { queryOptions } from "./commands/query-options.ts";
import { replayOptions } from "./commands/replay-options.ts";
import { reportOptions } from "./commands/report-options.ts";
import { runOptions } from "./commands/run-options.ts";
import { scoreOptions } from "./commands/score-options.ts";
import { sensitivityOptions } from "./commands/sensitivity-options.ts";
import { simulateOptions } from "./commands/simulate-options.ts";
import { validateOptions } from "./commands/validate-options.ts";
import { verifyOptions } from "./commands/verify-options.ts";
import { messageLanguage } from "./language.ts";
import { optionWords } from "./option-words.ts";
import { checkCommand, checkNoneEmpty, PARSER_STRINGS, parserMessage } from "./parser-messages.ts";
import { packageVersion } from "./version.ts";

/** In the order in which `--help` lists them. */
const COMMANDS = {
  check: checkOptions,
  simulate: simulateOptions,
  run: runOptions,
  audit: auditOptions,
  sensitivity: sensitivityOptions,
  merge: mergeOptions,
  verify: verifyOptions,
  replay: replayOptions,
  export: exportOptions,
  query: queryOptions,
  report: reportOptions,
  compare: compareOptions,
  charts: chartsOptions,
  score: scoreOptions,
  validate: validateOptions,
  calibrate: calibrateOptions,
  explain: explainOptions,
  convert: convertOptions,
  init: initOptions,
};

const language = messageLanguage(process.argv, process.env);
const words = optionWords(language);
const { say } = words;
/** yargs' strict mode breaks its own completion (yargs 18.2), so it is off for that call. */
const completing = process.argv.includes("--get-yargs-completions");

async function main(): Promise<void> {
  const argv = process.argv.slice(2);
  if (!completing) checkCommand(argv, [...Object.keys(COMMANDS), "completion"]);
  const line = yargs(argv)
    .scriptName("terrace")
    .locale(language === "zh" ? "zh_CN" : "en")
    .updateStrings(PARSER_STRINGS)
    .usage(say("Terrace: scenarios of regional system dynamics", "Terrace：区域系统动力学情景引擎"))
    .option("lang", { choices: ["en", "zh"] as const, describe: say("Language of messages", "消息语言"), global: true })
    .option("json", {
      type: "boolean",
      default: false,
      describe: say("Write data as JSON to standard output", "以 JSON 输出到标准输出"),
      global: true,
    });
  await Object.values(COMMANDS)
    .reduce((made, add) => add(made, words), line)
    .completion("completion", say("Write a shell completion script", "生成 shell 补全脚本"))
    .demandCommand(1, "missing command (terrace --help lists them)")
    .strict(!completing)
    .version(packageVersion())
    .help()
    .check((values) => checkNoneEmpty(values), true)
    .fail((message, error) => {
      if (error && !isOptionError(error)) throw error;
      throw new UsageError(parserMessage(message || error.message, optionNames(line)));
    })
    .parseAsync();
}

/** What yargs knows of the command that it was reading; its types leave this out. */
function optionNames(parser: unknown): string[] {
  const { getOptions } = parser as { getOptions: () => { readonly key: Readonly<Record<string, unknown>> } };
  return Object.keys(getOptions.call(parser).key).filter((name) => name.length > 1 && !/[A-Z]/.test(name));
}

/** An error of yargs or of an option's own check: the caller's mistake. */
const isOptionError = (error: Error): boolean => error.name === "YError" || error.constructor === Error;

// A reader that has seen enough (`| head`) closes the pipe; that is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});
// Nor does a run end because nobody reads its messages any more.
process.stderr.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

try {
  await main();
} catch (error) {
  const { reportFailure } = await import("./report-failure.ts");
  process.exitCode = reportFailure(error, language);
}
