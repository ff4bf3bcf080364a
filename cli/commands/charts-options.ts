/** `terrace charts` on the command line: its options, and its work, loaded when it is called. */
import type { CommandLine, OptionWords } from "../option-words.ts";

export function chartsOptions(line: CommandLine, words: OptionWords): CommandLine {
  const { language, say } = words;
  return line.command("charts", say("Compare drawn charts", "比较已绘制的图表"), (y) =>
    y
      .command(
        "diff <a> <b>",
        say("Say whether data, style or both differ", "说明差异在数据、样式还是两者"),
        (z) =>
          z
            .positional("a", { type: "string", demandOption: true, describe: say("Folder of charts", "图表文件夹") })
            .positional("b", { type: "string", demandOption: true, describe: say("Folder of charts", "图表文件夹") })
            .example("terrace charts diff results/old/charts results/new/charts", ""),
        async (a) => {
          const { chartsDiff } = await import("./charts.ts");
          process.exitCode = chartsDiff(a.a, a.b, { language, json: a.json });
        },
      )
      .demandCommand(1, "missing command (terrace charts --help lists them)"),
  );
}
