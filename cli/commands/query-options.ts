/** `terrace query` on the command line: its options, and its work, loaded when it is called. */
import type { CommandLine, OptionWords } from "../option-words.ts";

export function queryOptions(line: CommandLine, words: OptionWords): CommandLine {
  const { language, say, resultsArgument } = words;
  return line.command(
    "query <results> <sql>",
    say("Ask results in SQL", "用 SQL 查询结果"),
    (y) =>
      resultsArgument(y)
        .positional("sql", {
          type: "string",
          demandOption: true,
          describe: say(
            "SQL over the tables summary, targets, failures, draws, runs_scalar, runs_<dimensions>",
            "SQL 语句，可用的表：summary、targets、failures、draws、runs_scalar、runs_<维度>",
          ),
        })
        .option("out", {
          type: "string",
          describe: say("CSV file (default: standard output)", "CSV 文件（默认：标准输出）"),
        })
        .example(`terrace query results/yunnan "select scenario, q50 from summary where time = 2035"`, ""),
    async (a) => {
      const { query } = await import("./query.ts");
      process.exitCode = await query(a.results, a.sql, { language, json: a.json, out: a.out });
    },
  );
}
