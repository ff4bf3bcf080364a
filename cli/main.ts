/** The command line: which commands there are. Each one's options stand beside its work, in `commands/`. */
import yargs from "yargs";
import { UsageError } from "../engine/diagnostics/diagnostic.ts";
import { messageLanguage } from "./language.ts";
import { optionWords } from "./option-words.ts";
import { checkNoneEmpty, namedCommand, PARSER_STRINGS, parserMessage } from "./parser-messages.ts";
import { packageVersion } from "./version.ts";

/** In the order in which `--help` lists them. Each is loaded when the line names it, or none: a start takes time. */
const COMMANDS = {
  check: async () => (await import("./commands/check-options.ts")).checkOptions,
  simulate: async () => (await import("./commands/simulate-options.ts")).simulateOptions,
  run: async () => (await import("./commands/run-options.ts")).runOptions,
  audit: async () => (await import("./commands/audit-options.ts")).auditOptions,
  sensitivity: async () => (await import("./commands/sensitivity-options.ts")).sensitivityOptions,
  merge: async () => (await import("./commands/merge-options.ts")).mergeOptions,
  verify: async () => (await import("./commands/verify-options.ts")).verifyOptions,
  replay: async () => (await import("./commands/replay-options.ts")).replayOptions,
  export: async () => (await import("./commands/export-options.ts")).exportOptions,
  query: async () => (await import("./commands/query-options.ts")).queryOptions,
  report: async () => (await import("./commands/report-options.ts")).reportOptions,
  compare: async () => (await import("./commands/compare-options.ts")).compareOptions,
  charts: async () => (await import("./commands/charts-options.ts")).chartsOptions,
  score: async () => (await import("./commands/score-options.ts")).scoreOptions,
  validate: async () => (await import("./commands/validate-options.ts")).validateOptions,
  calibrate: async () => (await import("./commands/calibrate-options.ts")).calibrateOptions,
  explain: async () => (await import("./commands/explain-options.ts")).explainOptions,
  convert: async () => (await import("./commands/convert-options.ts")).convertOptions,
  init: async () => (await import("./commands/init-options.ts")).initOptions,
};

const language = messageLanguage(process.argv, process.env);
const words = optionWords(language);
const { say } = words;
/** yargs' strict mode breaks its own completion (yargs 18.2), so it is off for that call. */
const completing = process.argv.includes("--get-yargs-completions");

async function main(): Promise<void> {
  const argv = process.argv.slice(2);
  const command = completing ? undefined : namedCommand(argv, [...Object.keys(COMMANDS), "completion"]);
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
  const named = Object.entries(COMMANDS).filter(([name]) => name === command);
  const loaded = (named.length > 0 ? named : Object.entries(COMMANDS)).map(([, load]) => load());
  await (await Promise.all(loaded))
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
