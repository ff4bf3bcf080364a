/** The command line: which commands there are. Each one's options stand beside its work, in `commands/`. */
import yargs from "yargs";
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
import { type Failure, fail, reportFailure } from "./failure.ts";
import { messageLanguage } from "./language.ts";
import { optionWords } from "./option-words.ts";
import { packageVersion } from "./version.ts";

/** In the order in which `--help` lists them. */
const COMMANDS = [
  checkOptions,
  simulateOptions,
  runOptions,
  auditOptions,
  sensitivityOptions,
  mergeOptions,
  verifyOptions,
  replayOptions,
  exportOptions,
  queryOptions,
  reportOptions,
  compareOptions,
  chartsOptions,
  scoreOptions,
  validateOptions,
  calibrateOptions,
  explainOptions,
  convertOptions,
  initOptions,
];

const language = messageLanguage(process.argv, process.env);
const words = optionWords(language);
const { say } = words;
/** yargs' strict mode breaks its own completion (yargs 18.2), so it is off for that call. */
const completing = process.argv.includes("--get-yargs-completions");

async function main(): Promise<void> {
  const line = yargs(process.argv.slice(2))
    .scriptName("terrace")
    .locale(language === "zh" ? "zh_CN" : "en")
    .usage(say("Terrace: scenarios of regional system dynamics", "Terrace：区域系统动力学情景引擎"))
    .option("lang", { choices: ["en", "zh"] as const, describe: say("Language of messages", "消息语言"), global: true })
    .option("json", {
      type: "boolean",
      default: false,
      describe: say("Write data as JSON to standard output", "以 JSON 输出到标准输出"),
      global: true,
    });
  await COMMANDS.reduce((made, add) => add(made, words), line)
    .completion("completion", say("Write a shell completion script", "生成 shell 补全脚本"))
    .demandCommand(1, say("Name a command.", "请指定命令。"))
    .strict(!completing)
    .version(packageVersion())
    .help()
    .fail((message, error) => {
      const failure: Failure =
        error && !isOptionError(error) ? { kind: "thrown", error } : { kind: "use", message: message || error.message };
      throw fail(failure);
    })
    .parseAsync();
}

/** An error of yargs or of an option's own check: the caller's mistake. */
const isOptionError = (error: Error): boolean => error.name === "YError" || error.constructor === Error;

// A reader that has seen enough (`| head`) closes the pipe; that is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

try {
  await main();
} catch (error) {
  process.exitCode = reportFailure(error, language);
}
