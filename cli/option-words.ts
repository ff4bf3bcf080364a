/** What the options of several commands have in common: wording in two languages, checks of numbers, and the model's argument. */
import type { Argv } from "yargs";
import type { Language } from "../engine/diagnostics/diagnostic.ts";

/** The command line with its global options, to which each `commands/<name>-options.ts` adds its command. */
export type CommandLine = Argv<{ lang: Language | undefined; json: boolean }>;

/** Text in the language of messages. */
export type Say = (en: string, zh: string) => string;

export type OptionWords = ReturnType<typeof optionWords>;

export function optionWords(language: Language) {
  const say: Say = (en, zh) => (language === "zh" ? zh : en);
  /** yargs turns a word into NaN without a complaint. */
  const wholeNumber =
    (name: string, least: number) =>
    (value: unknown): number => {
      const number = typeof value === "number" ? value : Number.NaN;
      if (!Number.isSafeInteger(number) || number < least)
        throw new Error(
          say(`invalid --${name}: it takes a whole number from ${least}`, `--${name} 无效：应为不小于 ${least} 的整数`),
        );
      return number;
    };
  const share =
    (name: string) =>
    (value: unknown): number => {
      if (typeof value !== "number" || !(value >= 0 && value <= 1))
        throw new Error(say(`invalid --${name}: it takes a share from 0 to 1`, `--${name} 无效：应为 0 到 1 的占比`));
      return value;
    };
  const optionalWholeNumber = (name: string, least: number) => (value: unknown) =>
    value === undefined ? undefined : wholeNumber(name, least)(value);
  return {
    language,
    say,
    wholeNumber,
    share,
    /** The same for an option that may be left out. */
    optionalWholeNumber,
    globalOptions: <T>(line: Argv<T>) =>
      line
        .option("lang", {
          choices: ["en", "zh"] as const,
          describe: say("Language of messages", "消息语言"),
          global: true,
        })
        .option("json", {
          type: "boolean",
          default: false,
          describe: say("Write data as JSON to standard output", "以 JSON 输出到标准输出"),
          global: true,
        }),
    modelArgument: <T>(line: Argv<T>) =>
      line.positional("model", {
        type: "string",
        demandOption: true,
        describe: say(
          "Folder of a model, one YAML file, or a file of Vensim or Stella",
          "模型文件夹、单个 YAML 文件，或 Vensim、Stella 的文件",
        ),
      }),
    resultsArgument: <T>(line: Argv<T>) =>
      line.positional("results", { type: "string", demandOption: true, describe: say("Results folder", "结果文件夹") }),
    scenarioFileOption: {
      type: "string",
      array: true,
      nargs: 1,
      default: [] as string[],
      describe: say(
        "File that adds scenarios from outside the model: YAML, or .cin and .vsc of Vensim",
        "从模型之外增加情景的文件：YAML，或 Vensim 的 .cin、.vsc",
      ),
    },
    /** Files beside a model of Vensim or Stella. */
    foreignOptions: <T>(line: Argv<T>) =>
      line
        .option("data", {
          type: "string",
          array: true,
          nargs: 1,
          default: [] as string[],
          describe: say("Data set for the data variables of a Vensim model", "Vensim 模型数据变量的数据集"),
        })
        .option("tag", {
          type: "string",
          array: true,
          nargs: 1,
          default: [] as string[],
          describe: say(
            "NAME=FILE for a file that a Vensim model calls ?NAME",
            "名称=文件：Vensim 模型以 ?名称 引用的文件",
          ),
        })
        .option("changes", {
          type: "string",
          array: true,
          nargs: 1,
          default: [] as string[],
          describe: say(
            "Vensim file (.cin) of constants and lookups to read the model with",
            "Vensim 的修改文件（.cin）：按其中的常数和查找表读取模型",
          ),
        }),
    workersOption: {
      type: "number",
      coerce: optionalWholeNumber("workers", 0),
      describe: say(
        "Threads; 0 runs without (default: one a core, none for a short run)",
        "线程数；0 为不用线程（默认：每核一个；短时运行不用线程）",
      ),
    },
  } as const;
}

/** The names of an option that takes several with commas. */
export const commaList = (value: string | undefined): string[] | undefined =>
  value === undefined ? undefined : value.split(",").map((s) => s.trim());
