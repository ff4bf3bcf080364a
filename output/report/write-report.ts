/** Writes everything that `report` gives: the charts as files and the page that holds them. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ChartInput, Language } from "../charts/chart-input.ts";
import { chartsNotDrawn, drawEach, writeCharts } from "../charts/draw-charts.ts";
import type { PngRenderer } from "../charts/render-png.ts";
import { reportPage } from "./report-page.ts";

export interface WrittenReport {
  /** Path of `report.html`. */
  readonly page: string;
  /** Paths of the chart files. */
  readonly charts: readonly string[];
  /** Charts whose scenario is not in the batch; the page names them too. */
  readonly notDrawn: ReturnType<typeof chartsNotDrawn>;
}

/**
 * Draws all charts of the batch in both languages into `<folder>/charts` and writes `<folder>/report.html`.
 *
 * @param first the language that the page shows when it is opened.
 * @param renderPng with it, charts are written as PNG too.
 * @throws ChartError if a chart asks for something that the results do not have; then nothing is written.
 */
export async function writeReport(
  input: ChartInput,
  folder: string,
  first: Language,
  renderPng?: PngRenderer,
): Promise<WrittenReport> {
  const drawn = await drawEach(input);
  const charts = await writeCharts(drawn, join(folder, "charts"), renderPng);
  const page = join(folder, "report.html");
  await writeFile(page, reportPage(input, drawn, first));
  return { page, charts, notDrawn: chartsNotDrawn(input) };
}
