/** `terrace report`: charts and the report page of a results folder. */
import type { Language } from "../../engine/diagnostics/diagnostic.ts";
import { EXIT } from "../failure.ts";

export async function report(folder: string, options: { language: Language; json: boolean }): Promise<number> {
  const written = await writeReportOf(folder, options.language);
  if (options.json) process.stdout.write(`${JSON.stringify(written)}\n`);
  else {
    const zh = options.language === "zh";
    process.stdout.write(
      zh
        ? `报告：${written.page}\n图表：${written.charts.length} 个文件\n`
        : `report: ${written.page}\ncharts: ${written.charts.length} files\n`,
    );
  }
  return EXIT.well;
}

/** Draws everything; vega is loaded only here, since it is slow to load. */
export async function writeReportOf(folder: string, language: Language) {
  const [{ openResults }, { resultsInput }, { writeReport }] = await Promise.all([
    import("../../output/results/open-results.ts"),
    import("../../output/charts/results-input.ts"),
    import("../../output/report/write-report.ts"),
  ]);
  const results = openResults(folder);
  return writeReport(resultsInput(results, `terrace report ${folder}`), folder, language);
}
