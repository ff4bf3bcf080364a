/** `terrace report` on the command line: its options, and its work, loaded when it is called. */
import type { CommandLine, OptionWords } from "../option-words.ts";

export function reportOptions(line: CommandLine, words: OptionWords): CommandLine {
  const { language, say, resultsArgument } = words;
  return line.command(
    "report <results>",
    say("Draw the charts and the report of results again", "由结果重新绘制图表并生成报告"),
    (y) =>
      resultsArgument(y)
        .option("png", {
          type: "boolean",
          default: false,
          describe: say("Write the charts as PNG too", "同时输出 PNG 图片"),
        })
        .option("desk", {
          type: "boolean",
          default: false,
          describe: say("Write a brief (docx) and tables (xlsx) too", "同时输出专报（docx）和数据表（xlsx）"),
        })
        .option("boundaries", {
          type: "string",
          describe: say("GeoJSON file for maps (default: tiles)", "地图所用 GeoJSON 文件（默认：格网图）"),
        })
        .option("map-review", {
          type: "string",
          describe: say("Map review number of the boundaries", "地图审图号"),
        })
        .option("bands", {
          type: "string",
          choices: ["terrace", "bank-of-england", "un", "ipcc", "vensim"],
          default: "terrace",
          describe: say("Whose bands fans have; the caption explains them", "扇形图区间的画法（图下附说明）"),
        })
        .option("sensitivity", {
          type: "boolean",
          default: false,
          describe: say(
            "Compute from the runs what tornado charts and interactions show",
            "由逐次结果计算敏感性与交互作用",
          ),
        })
        .example("terrace report results/yunnan --lang zh --png --desk", "")
        .example("terrace report results/yunnan --bands un", ""),
    async (a) => {
      const { report } = await import("./report.ts");
      process.exitCode = await report(a.results, {
        language,
        json: a.json,
        png: a.png,
        desk: a.desk,
        boundaries: a.boundaries,
        mapReview: a["map-review"],
        bands: a.bands,
        sensitivity: a.sensitivity,
      });
    },
  );
}
