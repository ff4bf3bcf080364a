/** `terrace export` on the command line: its options, and its work, loaded when it is called. */
import type { CommandLine, OptionWords } from "../option-words.ts";

export function exportOptions(line: CommandLine, words: OptionWords): CommandLine {
  const { language, say, resultsArgument } = words;
  return line.command(
    "export <results>",
    say("Write results for other programs", "把结果导出给其他程序"),
    (y) =>
      resultsArgument(y)
        .option("to", {
          choices: ["iamc", "csv", "parquet"] as const,
          demandOption: true,
          describe: say("The format", "格式"),
        })
        .option("out", { type: "string", demandOption: true, describe: say("Folder to write into", "输出文件夹") })
        .option("regions", {
          type: "string",
          describe: say("IAMC: dimension whose elements are regions", "IAMC：以其元素为地区的维度"),
        })
        .option("whole", {
          type: "string",
          describe: say("IAMC: region name of the whole (default: the model)", "IAMC：整体的地区名（默认：模型名）"),
        })
        .example("terrace export results/yunnan --to iamc --whole Yunnan --out exported", ""),
    async (a) => {
      const { exportCommand } = await import("./export.ts");
      process.exitCode = await exportCommand(a.results, {
        language,
        json: a.json,
        to: a.to,
        out: a.out,
        regions: a.regions,
        whole: a.whole,
      });
    },
  );
}
