/** `terrace simulate` on the command line: its options, and its work, loaded when it is called. */
import { type CommandLine, commaList, type OptionWords } from "../option-words.ts";

export function simulateOptions(line: CommandLine, words: OptionWords): CommandLine {
  const { language, say, modelArgument, foreignOptions, scenarioFileOption } = words;
  return line.command(
    "simulate <model>",
    say("Run once at central values, without shocks", "以中心值运行一次（无随机冲击）"),
    (y) =>
      foreignOptions(modelArgument(y))
        .option("scenario", {
          type: "string",
          describe: say("Scenario (default: the reference)", "情景（默认：参照情景）"),
        })
        .option("scenario-file", scenarioFileOption)
        .option("set", {
          type: "string",
          array: true,
          default: [],
          describe: say("name=value, for a parameter or a lever", "名称=数值，设定参数或杠杆"),
        })
        .option("variables", {
          type: "string",
          describe: say(
            "Names with commas, or `all` (default: the indicators)",
            "逗号分隔的变量名，或 all（默认：指标）",
          ),
        })
        .option("units", {
          type: "string",
          describe: say(
            "name=unit with commas: variables in other units of the same quantity",
            "名称=单位，逗号分隔：以同一个量的其他单位输出",
          ),
        })
        .option("out", {
          type: "string",
          describe: say("CSV file (default: standard output)", "CSV 文件（默认：标准输出）"),
        })
        .example("terrace simulate scenarios/teacup --set room_temperature=60", ""),
    async (a) => {
      const { simulateCommand } = await import("./simulate.ts");
      process.exitCode = await simulateCommand(a.model, {
        language,
        json: a.json,
        scenario: a.scenario,
        scenarioFiles: a["scenario-file"],
        settings: a.set,
        variables: commaList(a.variables),
        units: commaList(a.units) ?? [],
        out: a.out,
        foreign: { data: a.data, tags: a.tag, changes: a.changes },
      });
    },
  );
}
