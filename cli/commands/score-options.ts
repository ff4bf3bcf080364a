/** `terrace score` on the command line: its options, and its work, loaded when it is called. */
import type { CommandLine, OptionWords } from "../option-words.ts";

export function scoreOptions(line: CommandLine, words: OptionWords): CommandLine {
  const { language, say, resultsArgument } = words;
  return line.command(
    "score <results>",
    say("Compare results with values measured later", "把结果与后来的观测值比较"),
    (y) =>
      resultsArgument(y)
        .option("observed", {
          type: "string",
          demandOption: true,
          describe: say(
            "CSV file with columns adcode, year, variable, value, unit",
            "CSV 文件，列为 adcode、year、variable、value、unit",
          ),
        })
        .option("scenario", {
          type: "string",
          describe: say("Scenario (default: the reference)", "情景（默认：参照情景）"),
        })
        .option("history", {
          type: "string",
          describe: say(
            "CSV file with earlier values for the naive forecasts (default: those of the model)",
            "简单预测所用的历史值 CSV 文件（默认：模型中的观测值）",
          ),
        })
        .option("map", {
          type: "string",
          describe: say(
            "Table from names of data to indicators (default: observations.csv of the model)",
            "数据名称与指标的对照表（默认：模型的 observations.csv）",
          ),
        })
        .example("terrace score results/yunnan --observed measured.csv", ""),
    async (a) => {
      const { score } = await import("./score.ts");
      const { scenario, observed, history, map } = a;
      process.exitCode = await score(a.results, { language, json: a.json, scenario, observed, history, map });
    },
  );
}
