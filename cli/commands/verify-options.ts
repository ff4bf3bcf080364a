/** `terrace verify` on the command line: its options, and its work, loaded when it is called. */
import type { CommandLine, OptionWords } from "../option-words.ts";

export function verifyOptions(line: CommandLine, words: OptionWords): CommandLine {
  const { language, say, resultsArgument } = words;
  return line.command(
    "verify <results>",
    say("Check that results are as they were written", "检查结果是否与写入时一致"),
    (y) =>
      resultsArgument(y)
        .option("model", {
          type: "string",
          describe: say("Model to compare with (default: where it was)", "要比较的模型（默认：原来的位置）"),
        })
        .example("terrace verify results/yunnan", ""),
    async (a) => {
      const { verify } = await import("./verify.ts");
      process.exitCode = await verify(a.results, { language, json: a.json, model: a.model });
    },
  );
}
