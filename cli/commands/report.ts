/** `terrace report`: charts and the report page of a results folder, and the papers of a policy team. */
import { readFileSync } from "node:fs";
import { type Language, UsageError } from "../../engine/diagnostics/diagnostic.ts";
import { EXIT } from "../failure.ts";

export interface ReportArguments {
  readonly language: Language;
  readonly json: boolean;
  readonly png: boolean;
  /** Whether to write a brief and tables. */
  readonly desk: boolean;
  /** GeoJSON file, for maps. */
  readonly boundaries: string | undefined;
  readonly mapReview: string | undefined;
}

export async function report(folder: string, options: ReportArguments): Promise<number> {
  const written = await writeReportOf(folder, options.language, options);
  if (options.json) process.stdout.write(`${JSON.stringify(written)}\n`);
  else {
    const zh = options.language === "zh";
    process.stdout.write(
      zh
        ? `报告：${written.page}\n图表：${written.charts.length} 个文件\n`
        : `report: ${written.page}\ncharts: ${written.charts.length} files\n`,
    );
    for (const path of written.desk) process.stdout.write(`${path}\n`);
  }
  return EXIT.well;
}

const PAGE_ONLY = { png: false, desk: false, boundaries: undefined, mapReview: undefined } as const;

/** Draws everything; vega is loaded only here, since it is slow to load. */
export async function writeReportOf(
  folder: string,
  language: Language,
  options: Pick<ReportArguments, "png" | "desk" | "boundaries" | "mapReview"> = PAGE_ONLY,
) {
  const [{ openResults }, { resultsInput }, { writeReport }, { readBoundaries }, { pngRenderer }] = await Promise.all([
    import("../../output/results/open-results.ts"),
    import("../../output/charts/results-input.ts"),
    import("../../output/report/write-report.ts"),
    import("../../output/charts/boundary-map.ts"),
    import("../../output/charts/render-png.ts"),
  ]);
  if (options.mapReview !== undefined && options.boundaries === undefined) {
    throw new UsageError("invalid --map-review: it belongs to --boundaries");
  }
  const renderPng = options.png || options.desk ? await pngRenderer() : undefined;
  if (options.png && renderPng === undefined) {
    throw new UsageError("--png needs @resvg/resvg-js, which is not installed");
  }
  const boundaries =
    options.boundaries === undefined
      ? undefined
      : readBoundaries(readFileSync(options.boundaries, "utf8"), options.mapReview);
  const command = ["terrace report", folder, ...(boundaries ? [`--boundaries ${options.boundaries}`] : [])].join(" ");
  const input = { ...resultsInput(openResults(folder), command), ...(boundaries && { boundaries }) };
  const written = await writeReport(input, folder, language, options.png ? renderPng : undefined);
  if (!options.desk) return { ...written, desk: [] };
  const { writeDesk } = await import("../../output/desk/write-desk.ts");
  return { ...written, desk: await writeDesk(input, folder, language, renderPng) };
}
