/** `terrace check` on the command line: its options, and its work, loaded when it is called. */
import type { CommandLine, OptionWords } from "../option-words.ts";

export function checkOptions(line: CommandLine, words: OptionWords): CommandLine {
  const { language, say, modelArgument, scenarioFileOption } = words;
  return line.command(
    "check <model>",
    say("Check all that can be known without running", "检查模型（不运行）"),
    (y) => modelArgument(y).option("scenario-file", scenarioFileOption).example("terrace check scenarios/yunnan", ""),
    async (a) => {
      const { check } = await import("./check.ts");
      process.exitCode = await check(a.model, { language, json: a.json, scenarioFiles: a["scenario-file"] });
    },
  );
}
