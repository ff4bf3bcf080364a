/** `terrace check` on the command line: its options, and its work, loaded when it is called. */
import type { CommandLine, OptionWords } from "../option-words.ts";

export function checkOptions(line: CommandLine, words: OptionWords): CommandLine {
  const { language, say, modelArgument, foreignOptions, scenarioFileOption } = words;
  return line.command(
    "check <model>",
    say("Check all that can be known without running", "检查模型（不运行）"),
    (y) =>
      foreignOptions(modelArgument(y))
        .option("scenario-file", scenarioFileOption)
        .option("units", {
          type: "boolean",
          default: false,
          describe: say(
            "Check the units of a model of Vensim or Stella (those of ours always are)",
            "检查 Vensim 或 Stella 模型的单位（自有模型总是检查）",
          ),
        })
        .example("terrace check scenarios/yunnan", ""),
    async (a) => {
      const { check } = await import("./check.ts");
      const foreign = { data: a.data, tags: a.tag, changes: a.changes, units: a.units };
      process.exitCode = await check(a.model, { language, json: a.json, scenarioFiles: a["scenario-file"], foreign });
    },
  );
}
