import { type Language, UsageError } from "../../engine/diagnostics/diagnostic.ts";
import { BAND_PRESETS, isBandPreset } from "../../engine/ensemble/band-presets.ts";
import type { Results } from "../../output/results/open-results.ts";
import { count } from "../count.ts";
import { EXIT } from "../failure.ts";
import { readInputText } from "../input-file.ts";

export interface ReportArguments {
  readonly language: Language;
  readonly json: boolean;
  readonly png: boolean;
  /** Whether to write a brief and tables. */
  readonly desk: boolean;
  /** GeoJSON file, for maps. */
  readonly boundaries: string | undefined;
  readonly mapReview: string | undefined;
  /** Whose bands fans have. */
  readonly bands: string;
  /** Whether to compute what tornado charts and decompositions show from the runs, and keep it. */
  readonly sensitivity: boolean;
}

export async function report(folder: string, options: ReportArguments): Promise<number> {
  const written = await writeReportOf(folder, options.language, options);
  if (options.json) process.stdout.write(`${JSON.stringify(written)}\n`);
  else {
    const zh = options.language === "zh";
    process.stdout.write(
      zh
        ? `报告：${written.page}\n图表：${written.charts.length} 个文件\n`
        : `report: ${written.page}\ncharts: ${count(written.charts.length, "file")}\n`,
    );
    for (const path of written.desk) process.stdout.write(`${path}\n`);
  }
  return EXIT.well;
}

type Drawing = Pick<ReportArguments, "png" | "desk" | "boundaries" | "mapReview" | "bands" | "sensitivity">;

const PAGE_ONLY: Drawing = {
  png: false,
  desk: false,
  boundaries: undefined,
  mapReview: undefined,
  bands: "terrace",
  sensitivity: false,
};

/** The report of a run that has just ended; with the sensitivities, where the runs were kept. */
export function writeReportOfRun(folder: string, language: Language) {
  return writeReportOf(folder, language, PAGE_ONLY, saveSensitivityIfKept);
}

/** Without runs or with few draws there are no sensitivities, and the page names the charts that need them. */
async function saveSensitivityIfKept(results: Results): Promise<void> {
  const [{ saveSensitivity }, { ResultsError }] = await Promise.all([
    import("../../output/report/saved-sensitivity.ts"),
    import("../../output/results/results-error.ts"),
  ]);
  try {
    await saveSensitivity(results);
  } catch (error) {
    const lacksRuns = error instanceof ResultsError && error.problem.code === "not-kept";
    if (!lacksRuns && !(error instanceof UsageError)) throw error;
  }
}

/** Draws everything; vega is loaded only here, since it is slow to load. */
export async function writeReportOf(
  folder: string,
  language: Language,
  options: Drawing = PAGE_ONLY,
  prepare: (results: Results) => Promise<void> = async () => {},
) {
  const [
    { openResults },
    { resultsInput },
    { writeReport },
    { readBoundaries },
    { pngRenderer },
    { savedSensitivity, saveSensitivity },
  ] = await Promise.all([
    import("../../output/results/open-results.ts"),
    import("../../output/charts/results-input.ts"),
    import("../../output/report/write-report.ts"),
    import("../../output/charts/boundary-map.ts"),
    import("../../output/charts/render-png.ts"),
    import("../../output/report/saved-sensitivity.ts"),
  ]);
  const { bands } = options;
  if (!isBandPreset(bands)) {
    throw new UsageError(`unknown bands: ${bands} (${Object.keys(BAND_PRESETS).join(", ")})`);
  }
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
      : readBoundaries(readInputText(options.boundaries, "boundaries file").text, options.mapReview);
  const command = [
    "terrace report",
    folder,
    ...(bands === "terrace" ? [] : [`--bands ${bands}`]),
    ...(boundaries ? [`--boundaries ${options.boundaries}`] : []),
    ...(options.mapReview === undefined ? [] : [`--map-review "${options.mapReview}"`]),
  ].join(" ");
  const results = openResults(folder);
  await prepare(results);
  if (options.sensitivity) await saveSensitivity(results);
  const input = {
    ...resultsInput(results, command),
    bands,
    ...savedSensitivity(results),
    ...(boundaries && { boundaries }),
  };
  const written = await writeReport(input, folder, language, options.png ? renderPng : undefined);
  if (!options.desk) return { ...written, desk: [] };
  const { writeDesk } = await import("../../output/desk/write-desk.ts");
  return { ...written, desk: await writeDesk(input, folder, language, renderPng) };
}
