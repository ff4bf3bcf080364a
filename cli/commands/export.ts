/** `terrace export`: results in the forms of other programs. */
import { type Language, UsageError } from "../../engine/diagnostics/diagnostic.ts";
import { known } from "../../engine/diagnostics/known-name.ts";
import { exportTables } from "../../output/export/export-results.ts";
import { exportIamc } from "../../output/export/iamc.ts";
import { openResults } from "../../output/results/open-results.ts";
import { count } from "../count.ts";
import { EXIT } from "../failure.ts";
import { makeFolder } from "../output-file.ts";

export interface ExportArguments {
  readonly language: Language;
  readonly json: boolean;
  readonly to: "iamc" | "csv" | "parquet";
  readonly out: string;
  readonly regions: string | undefined;
  readonly whole: string | undefined;
}

export async function exportCommand(folder: string, options: ExportArguments): Promise<number> {
  const { to, out, json, language } = options;
  const zh = language === "zh";
  if (to !== "iamc") {
    if (options.regions !== undefined || options.whole !== undefined)
      throw new UsageError("invalid --regions or --whole: they belong to --to iamc");
    openResults(folder);
    makeFolder(out);
    const files = await exportTables(folder, out, to);
    process.stdout.write(
      json
        ? `${JSON.stringify({ out, files })}\n`
        : `${zh ? `已写入 ${out}：` : `written to ${out}: `}${files.join(", ")}\n`,
    );
    return EXIT.well;
  }
  const results = openResults(folder);
  const dimensions = results.catalog.dimensions.map((dimension) => dimension.name);
  if (options.regions !== undefined) known(options.regions, dimensions, "dimension");
  makeFolder(out);
  const written = exportIamc(results, out, {
    ...(options.regions !== undefined && { regions: options.regions }),
    ...(options.whole !== undefined && { whole: options.whole }),
  });
  if (json) {
    process.stdout.write(`${JSON.stringify({ out, ...written })}\n`);
    return EXIT.well;
  }
  const { files, rows, sums, omittedTimes } = written;
  process.stdout.write(
    `${zh ? `已写入 ${out}：${files.join("、")}（${rows} 行）` : `written to ${out}: ${files.join(", ")} (${count(rows, "row")})`}\n`,
  );
  for (const { indicator, sum } of sums) {
    process.stderr.write(
      zh ? `${sum} 是 ${indicator} 各地区之和\n` : `${sum} is the sum of ${indicator} over the regions\n`,
    );
  }
  if (omittedTimes.length > 0) {
    process.stderr.write(
      zh
        ? `有 ${omittedTimes.length} 个保存时间不是整年，未写入\n`
        : `left out, for they are not whole years: ${count(omittedTimes.length, "save time")}\n`,
    );
  }
  return EXIT.well;
}
