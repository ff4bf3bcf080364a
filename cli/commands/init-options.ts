/** `terrace init` on the command line: its options, and its work, loaded when it is called. */
import type { CommandLine, OptionWords } from "../option-words.ts";

export function initOptions(line: CommandLine, words: OptionWords): CommandLine {
  const { language, say } = words;
  return line.command(
    "init <folder>",
    say("Write a small model that runs, to start from", "生成一个可运行的小模型作为起点"),
    (y) => y.positional("folder", { type: "string", demandOption: true, describe: say("New folder", "新文件夹") }),
    async (a) => {
      const { init } = await import("./init.ts");
      process.exitCode = await init(a.folder, language);
    },
  );
}
