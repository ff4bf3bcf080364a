/** Writes the brief and the tables of a batch beside its report. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ChartInput, Language } from "../charts/chart-input.ts";
import { drawEach } from "../charts/draw-charts.ts";
import type { PngRenderer } from "../charts/render-png.ts";
import { briefDocument } from "./brief.ts";
import { writeTablesBook } from "./tables-book.ts";

/** Paths of `brief.<language>.docx` and `tables.<language>.xlsx`. */
export async function writeDesk(
  input: ChartInput,
  folder: string,
  language: Language,
  renderPng: PngRenderer | undefined,
): Promise<readonly string[]> {
  const { charts } = input.catalog;
  // A fan, and what a scenario does to places (a map without scenarios to compare); the gaps stand in the table.
  const shown = [
    charts.find(({ kind }) => kind === "fan"),
    charts.find(({ kind }) => kind === "dumbbell") ?? charts.find(({ kind }) => kind === "map"),
  ];
  const wanted = shown.flatMap((chart) => (chart === undefined ? [] : [chart]));
  const drawn = await drawEach({ ...input, catalog: { ...input.catalog, charts: wanted } }, [language]);
  const [brief, tables] = [join(folder, `brief.${language}.docx`), join(folder, `tables.${language}.xlsx`)];
  await writeFile(brief, await briefDocument(input, drawn, language, renderPng));
  await writeTablesBook(input, language, tables);
  return [brief, tables];
}
