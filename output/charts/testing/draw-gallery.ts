/**
 * Draws the pictures of docs/gallery.md: the first chart of each kind, in both languages.
 *
 *     node output/charts/testing/draw-gallery.ts [RESULTS]
 *
 * Without a results folder the charts show the invented province of the tests.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openResults } from "../../results/open-results.ts";
import { drawEach, withGlyphs } from "../draw-charts.ts";
import { resultsInput } from "../results-input.ts";
import { SAMPLE_INPUT } from "./sample-input.ts";

const FOLDER = join(import.meta.dirname, "../../../docs/pictures");

const [folder] = process.argv.slice(2);
const COMMAND = "terrace report results/yunnan";
const input = folder === undefined ? SAMPLE_INPUT : resultsInput(openResults(folder), COMMAND);
const kinds = new Map([...input.catalog.charts].reverse().map((chart) => [chart.kind, chart]));
const charts = [...kinds.values()];

await mkdir(FOLDER, { recursive: true });
for (const { name, language, svg } of await drawEach({ ...input, catalog: { ...input.catalog, charts } })) {
  const kind = charts.find((chart) => chart.name === name)!.kind;
  const path = join(FOLDER, `${kind}.${language}.svg`);
  await writeFile(path, withGlyphs(svg));
  process.stdout.write(`${path}\n`);
}
