/** `terrace explain` on the command line: its options, and its work, loaded when it is called. */
import type { CommandLine, OptionWords } from "../option-words.ts";

export function explainOptions(line: CommandLine, words: OptionWords): CommandLine {
  const { language, say, wholeNumber, modelArgument, foreignOptions } = words;
  return line.command(
    "explain <model> [name]",
    say("Explain a variable: meaning, equation, causes, uses, loops", "解释变量：含义、方程、原因、用途与回路"),
    (y) =>
      foreignOptions(modelArgument(y))
        .positional("name", { type: "string", describe: say("Name of a variable", "变量名") })
        .option("loops", {
          type: "boolean",
          default: false,
          describe: say("Feedback loops with their signs", "带符号的反馈回路"),
        })
        .option("mermaid", {
          type: "boolean",
          default: false,
          describe: say("As a Mermaid diagram", "输出 Mermaid 图"),
        })
        .option("tex", {
          type: "boolean",
          default: false,
          describe: say(
            "Equations as TeX, of all variables where none is named",
            "以 TeX 输出方程；未指定变量时输出全部",
          ),
        })
        .option("program", {
          type: "boolean",
          default: false,
          describe: say("The statements that a run carries out", "运行时执行的语句"),
        })
        .option("depth", {
          type: "number",
          default: 2,
          coerce: wholeNumber("depth", 1),
          describe: say("Levels of causes and uses", "原因与用途的层数"),
        })
        .example("terrace explain scenarios/teacup tea_temperature", ""),
    async (a) => {
      const { explain } = await import("./explain.ts");
      const { name, loops, mermaid, tex, program, depth } = a;
      process.exitCode = await explain(a.model, {
        ...{ language, json: a.json, name, loops, mermaid, tex, program, depth },
        foreign: { data: a.data, tags: a.tag, changes: a.changes },
      });
    },
  );
}
