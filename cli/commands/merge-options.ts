/** `terrace merge` on the command line: its options, and its work, loaded when it is called. */
import type { CommandLine, OptionWords } from "../option-words.ts";

export function mergeOptions(line: CommandLine, words: OptionWords): CommandLine {
  const { language, say } = words;
  return line.command(
    "merge <shards..>",
    say("Join shards into one results folder", "把各分片合并为一个结果文件夹"),
    (y) =>
      y
        .positional("shards", {
          type: "string",
          array: true,
          demandOption: true,
          describe: say("Folders of all shards", "全部分片的文件夹"),
        })
        .option("out", {
          type: "string",
          demandOption: true,
          describe: say("Results folder", "结果文件夹"),
        })
        .option("force", {
          type: "boolean",
          default: false,
          describe: say("Replace results that are there", "替换已有结果"),
        })
        .example("terrace merge results/yunnan.shard-* --out results/yunnan", ""),
    async (a) => {
      const { merge } = await import("./merge.ts");
      process.exitCode = merge(a.shards, { language, json: a.json, out: a.out, force: a.force });
    },
  );
}
