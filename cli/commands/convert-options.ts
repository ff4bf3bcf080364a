/** `terrace convert` on the command line: its options, and its work, loaded when it is called. */
import type { CommandLine, OptionWords } from "../option-words.ts";

export function convertOptions(line: CommandLine, words: OptionWords): CommandLine {
  const { language, say, modelArgument, foreignOptions } = words;
  return line.command(
    "convert <model> <out>",
    say(
      "Write a model in another form: YAML, or XMILE for Stella",
      "把模型转换成另一种形式：YAML，或供 Stella 使用的 XMILE",
    ),
    (y) =>
      foreignOptions(modelArgument(y))
        .positional("out", {
          type: "string",
          demandOption: true,
          describe: say(
            "New file (.xmile, .stmx, .yaml) or folder of a model in YAML",
            "新文件（.xmile、.stmx、.yaml），或 YAML 模型的新文件夹",
          ),
        })
        .example("terrace convert scenarios/teacup teacup.xmile", "")
        .example("terrace convert model.mdl model", ""),
    async (a) => {
      const { convertCommand } = await import("./convert.ts");
      process.exitCode = await convertCommand(a.model, a.out, {
        language,
        json: a.json,
        foreign: { data: a.data, tags: a.tag, changes: a.changes },
      });
    },
  );
}
