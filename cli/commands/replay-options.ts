/** `terrace replay` on the command line: its options, and its work, loaded when it is called. */
import { type CommandLine, commaList, type OptionWords } from "../option-words.ts";

export function replayOptions(line: CommandLine, words: OptionWords): CommandLine {
  const { language, say, wholeNumber, resultsArgument } = words;
  return line.command(
    "replay <results>",
    say("Show one run of an ensemble again, exactly", "精确重现集合中的一次运行"),
    (y) =>
      resultsArgument(y)
        .option("scenario", {
          type: "string",
          describe: say("Scenario (default: the reference)", "情景（默认：参照情景）"),
        })
        .option("draw", {
          type: "number",
          demandOption: true,
          coerce: wholeNumber("draw", 0),
          describe: say("Number of the draw, from 0", "抽样编号，从 0 起"),
        })
        .option("trace", {
          type: "string",
          describe: say("Variables with commas (default: the indicators)", "逗号分隔的变量（默认：指标）"),
        })
        .option("steps", {
          type: "boolean",
          default: false,
          describe: say("Show every step, not only save points", "显示每一步，而不仅是保存点"),
        })
        .option("model", {
          type: "string",
          describe: say("The model (default: where it was)", "模型（默认：原来的位置）"),
        })
        .option("out", {
          type: "string",
          describe: say("CSV file (default: standard output)", "CSV 文件（默认：标准输出）"),
        })
        .example("terrace replay results/yunnan --scenario baseline --draw 17 --trace population", ""),
    async (a) => {
      const { replay } = await import("./replay.ts");
      process.exitCode = await replay(a.results, {
        language,
        json: a.json,
        scenario: a.scenario,
        draw: a.draw,
        trace: commaList(a.trace),
        steps: a.steps,
        model: a.model,
        out: a.out,
      });
    },
  );
}
