/** The command line: does what the call asks for, and says how it ended. */
import yargs from "yargs";
import { UsageError } from "../engine/diagnostics/diagnostic.ts";
import { COMMANDS } from "./command-list.ts";
import { messageLanguage } from "./language.ts";
import { optionWords } from "./option-words.ts";
import { checkNoneEmpty, namedCommand, PARSER_STRINGS, parserMessage } from "./parser-messages.ts";
import { packageVersion } from "./version.ts";

const language = messageLanguage(process.argv, process.env);

async function main(argv: readonly string[]): Promise<void> {
  // yargs' strict mode breaks its own completion (yargs 18.2), so it is off for that call.
  const isCompletion = argv.includes("--get-yargs-completions");
  const command = isCompletion ? undefined : namedCommand(argv, [...Object.keys(COMMANDS), "completion"]);
  const named = Object.entries(COMMANDS).filter(([name]) => name === command);
  const loaded = (named.length > 0 ? named : Object.entries(COMMANDS)).map(([, load]) => load());
  const words = optionWords(language);
  const { say } = words;
  const line = yargs(argv)
    .scriptName("terrace")
    .locale(language === "zh" ? "zh_CN" : "en")
    .updateStrings(PARSER_STRINGS)
    .usage(say("Terrace: scenarios of regional system dynamics", "Terrace：区域系统动力学情景引擎"));
  await (await Promise.all(loaded))
    .reduce((made, add) => add(made, words), words.globalOptions(line))
    .completion("completion", say("Write a shell completion script", "生成 shell 补全脚本"))
    .demandCommand(1, "missing command (terrace --help lists them)")
    .strict(!isCompletion)
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
  await main(process.argv.slice(2));
} catch (error) {
  const { reportFailure } = await import("./report-failure.ts");
  process.exitCode = reportFailure(error, language);
}
