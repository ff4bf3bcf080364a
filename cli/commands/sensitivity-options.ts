/** `terrace sensitivity` on the command line: its options, and its work, loaded when it is called. */
import { type CommandLine, commaList, type OptionWords } from "../option-words.ts";

export function sensitivityOptions(line: CommandLine, words: OptionWords): CommandLine {
  const { language, say, wholeNumber, optionalWholeNumber, foreignOptions, scenarioFileOption } = words;
  return line.command(
    "sensitivity <source>",
    say("Show what the spread of results comes from", "分析结果的离散来自哪些参数"),
    (y) =>
      foreignOptions(
        y.positional("source", {
          type: "string",
          demandOption: true,
          describe: say("Results folder; with --rows, a model", "结果文件夹；加 --rows 时为模型"),
        }),
      )
        .option("scenario", {
          type: "string",
          describe: say("Scenario (default: the reference)", "情景（默认：参照情景）"),
        })
        .option("scenario-file", {
          ...scenarioFileOption,
          describe: say(
            "With --rows: YAML file that adds scenarios to the model",
            "用于 --rows：为模型增加情景的 YAML 文件",
          ),
        })
        .option("indicators", {
          type: "string",
          describe: say("Names with commas (default: those without elements)", "逗号分隔的指标（默认：无下标者）"),
        })
        .option("times", {
          type: "string",
          describe: say("Save times with commas, or all (default: the last)", "逗号分隔的时间，或 all（默认：最后）"),
        })
        .option("top", {
          type: "number",
          default: 5,
          coerce: wholeNumber("top", 1),
          describe: say("Inputs to show for each output", "每个输出显示的参数个数"),
        })
        .option("rows", {
          type: "number",
          coerce: optionalWholeNumber("rows", 4),
          describe: say(
            "Run a model by design: N rows of (parameters + 2) runs, or N trajectories of (parameters + 1)",
            "按设计运行模型：N 行 ×（参数 + 2）次运行，或 N 条轨迹 ×（参数 + 1）次运行",
          ),
        })
        .option("method", {
          choices: ["sobol", "morris"] as const,
          default: "sobol" as const,
          describe: say(
            "With --rows: indices of Sobol' (at least 16 rows), or elementary effects of Morris",
            "用于 --rows：Sobol 指数（至少 16 行），或 Morris 基本效应",
          ),
        })
        .option("workers", {
          type: "number",
          coerce: optionalWholeNumber("workers", 0),
          describe: say("Threads, with --rows (default: one a core)", "线程数，用于 --rows（默认：每核一个）"),
        })
        .example("terrace sensitivity results/yunnan --indicators urbanization_rate --times 2035", ""),
    async (a) => {
      const { sensitivity } = await import("./sensitivity.ts");
      process.exitCode = await sensitivity(a.source, {
        language,
        json: a.json,
        scenario: a.scenario,
        scenarioFiles: a["scenario-file"],
        foreign: { data: a.data, tags: a.tag, changes: a.changes },
        indicators: commaList(a.indicators),
        times: commaList(a.times),
        top: a.top,
        rows: a.rows,
        method: a.method,
        workers: a.workers,
      });
    },
  );
}
