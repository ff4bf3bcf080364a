/** The command line by yargs: every call that `plain-call.ts` does not read, with help, completion, and a complaint for each wrong use. */
import yargs from "yargs";
import { UsageError } from "../engine/diagnostics/diagnostic.ts";
import { type AddCommand, COMMANDS } from "./command-list.ts";
import type { OptionWords } from "./option-words.ts";
import { checkNoneEmpty, namedCommand, PARSER_STRINGS, parserMessage } from "./parser-messages.ts";
import { packageVersion } from "./version.ts";

/** Does what a call asks for. @throws UsageError if it is wrong */
export async function doAnyCall(argv: readonly string[], words: OptionWords): Promise<void> {
  // yargs' strict mode breaks its own completion (yargs 18.2), so it is off for that call.
  const isCompletion = argv.includes("--get-yargs-completions");
  const command = isCompletion ? undefined : namedCommand(argv, [...Object.keys(COMMANDS), "completion"]);
  const named = Object.entries(COMMANDS).filter(([name]) => name === command);
  const loaded = (named.length > 0 ? named : Object.entries(COMMANDS)).map(([, load]) => load());
  await anyLine(argv, words, await Promise.all(loaded))
    .strict(!isCompletion)
    .parseAsync();
}

/** yargs with some commands. */
export function anyLine(argv: readonly string[], words: OptionWords, commands: readonly AddCommand[]) {
  const { language, say } = words;
  const line = yargs(argv)
    .scriptName("terrace")
    .locale(language === "zh" ? "zh_CN" : "en")
    .updateStrings(PARSER_STRINGS)
    .usage(say("Terrace: scenarios of regional system dynamics", "Terrace：区域系统动力学情景引擎"));
  return commands
    .reduce((made, add) => add(made, words), words.globalOptions(line))
    .completion("completion", say("Write a shell completion script", "生成 shell 补全脚本"))
    .demandCommand(1, "missing command (terrace --help lists them)")
    .version(packageVersion())
    .help()
    .check((values) => checkNoneEmpty(values), true)
    .fail((message, error) => {
      if (error && !isOptionError(error)) throw error;
      throw new UsageError(parserMessage(message || error.message, optionNames(line)));
    });
}

/** What yargs knows of the command that it was reading; its types leave this out. */
function optionNames(parser: unknown): string[] {
  const { getOptions } = parser as { getOptions: () => { readonly key: Readonly<Record<string, unknown>> } };
  return Object.keys(getOptions.call(parser).key).filter((name) => name.length > 1 && !/[A-Z]/.test(name));
}

/** An error of yargs or of an option's own check: the caller's mistake. */
const isOptionError = (error: Error): boolean => error.name === "YError" || error.constructor === Error;
