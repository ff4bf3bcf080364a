/** `terrace compare` on the command line: its options, and its work, loaded when it is called. */
import { type CommandLine, commaList, type OptionWords } from "../option-words.ts";

export function compareOptions(line: CommandLine, words: OptionWords): CommandLine {
  const { language, say, wholeNumber } = words;
  return line.command(
    "compare <a> <b>",
    say("Compare two scenarios of a batch, or two batches", "比较一批结果中的两个情景，或两批结果"),
    (y) =>
      y
        .positional("a", {
          type: "string",
          demandOption: true,
          describe: say("Scenario or results", "情景或结果文件夹"),
        })
        .positional("b", {
          type: "string",
          demandOption: true,
          describe: say("Scenario or results", "情景或结果文件夹"),
        })
        .option("results", {
          type: "string",
          describe: say("Results folder with both scenarios", "包含两个情景的结果文件夹"),
        })
        .option("tolerance", {
          type: "number",
          describe: say("Largest relative difference that passes", "允许的最大相对差异"),
        })
        .option("times", {
          type: "string",
          describe: say("Save times with commas, or `all` (default: the last)", "逗号分隔的时间，或 all（默认：最后）"),
        })
        .option("top", {
          type: "number",
          default: 20,
          coerce: wholeNumber("top", 1),
          describe: say("How many cells to show", "显示多少个数值"),
        })
        .option("report", {
          type: "string",
          describe: say("HTML file to write: what moved, with a picture", "输出的 HTML 报告文件（附图）"),
        })
        .example("terrace compare baseline plan_full --results results/yunnan --report comparison.html", "")
        .example("terrace compare results/old results/new --tolerance 0.001", ""),
    async (a) => {
      const { compare } = await import("./compare.ts");
      process.exitCode = await compare(a.a, a.b, {
        language,
        json: a.json,
        results: a.results,
        tolerance: a.tolerance,
        times: commaList(a.times),
        top: a.top,
        report: a.report,
      });
    },
  );
}
