/** `terrace audit` on the command line: its options, and its work, loaded when it is called. */
import { type CommandLine, commaList, type OptionWords } from "../option-words.ts";

export function auditOptions(line: CommandLine, words: OptionWords): CommandLine {
  const { language, say, wholeNumber, modelArgument, foreignOptions, scenarioFileOption, workersOption } = words;
  return line.command(
    "audit <model>",
    say("Measure how much the time step matters", "检验时间步长的影响"),
    (y) =>
      foreignOptions(modelArgument(y))
        .option("scenario-file", scenarioFileOption)
        .option("scenario", {
          type: "string",
          describe: say("Scenarios with commas (default: the reference)", "逗号分隔的情景（默认：参照情景）"),
        })
        .option("draws", {
          type: "number",
          default: 32,
          coerce: wholeNumber("draws", 2),
          describe: say("Draws of each scenario", "每个情景的抽样数"),
        })
        .option("workers", workersOption)
        .example("terrace audit scenarios/yunnan", ""),
    async (a) => {
      const { audit } = await import("./audit.ts");
      process.exitCode = await audit(a.model, {
        language,
        json: a.json,
        scenarios: commaList(a.scenario),
        draws: a.draws,
        workers: a.workers,
        scenarioFiles: a["scenario-file"],
        foreign: { data: a.data, tags: a.tag, changes: a.changes },
      });
    },
  );
}
