/**
 * Draws the pictures of docs/gallery.md in both languages: the first chart of each kind, and a fan with the bands of institutions.
 *
 *     node output/charts/testing/draw-gallery.ts [RESULTS]
 *
 * Without a results folder the charts show the invented province of the tests.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { savedSensitivity } from "../../report/saved-sensitivity.ts";
import { openResults } from "../../results/open-results.ts";
import type { ChartInput } from "../chart-input.ts";
import { chartsNotDrawn, drawEach, withGlyphs } from "../draw-charts.ts";
import { resultsInput } from "../results-input.ts";
import { SAMPLE_INPUT } from "./sample-input.ts";

const FOLDER = join(import.meta.dirname, "../../../docs/pictures");
const COMMAND = "terrace report results/yunnan";
/** Bands of institutions, each on the first fan. */
const PRESETS = ["bank-of-england", "ipcc"] as const;

const [folder] = process.argv.slice(2);
const input = folder === undefined ? SAMPLE_INPUT : inputOf(folder);
const left = new Set(chartsNotDrawn(input).map(({ name }) => name));
const drawn = input.catalog.charts.filter(({ name }) => !left.has(name));
const kinds = new Map([...drawn].reverse().map((chart) => [chart.kind, chart]));

await mkdir(FOLDER, { recursive: true });
await draw(input, [...kinds.values()], ({ name }) => drawn.find((chart) => chart.name === name)!.kind);
for (const bands of PRESETS) {
  const facts = { ...input.facts, command: `${input.facts.command} --bands ${bands}` };
  await draw({ ...input, bands, facts }, [kinds.get("fan")!], () => `fan-${bands}`);
}

function inputOf(results: string): ChartInput {
  const opened = openResults(results);
  return { ...resultsInput(opened, COMMAND), ...savedSensitivity(opened) };
}

async function draw(
  source: ChartInput,
  charts: ChartInput["catalog"]["charts"],
  stemOf: (chart: { readonly name: string }) => string,
): Promise<void> {
  for (const chart of await drawEach({ ...source, catalog: { ...source.catalog, charts } })) {
    const path = join(FOLDER, `${stemOf(chart)}.${chart.language}.svg`);
    await writeFile(path, withGlyphs(still(chart.svg)));
    process.stdout.write(`${path}\n`);
  }
}

/** The picture without what only a pointer finds (unseen strips of time, texts of marks), in hundredths of a pixel. */
function still(svg: string): string {
  return svg
    .replace(/<path aria-label="[^"]*"[^>]* opacity="0"\/>/g, "")
    .replace(/ (aria-label|aria-roledescription|role|aria-hidden)="[^"]*"/g, (attribute, name: string) =>
      name === "role" && attribute.includes('"img"') ? attribute : "",
    )
    .replace(/<[^>]*>/g, (tag) => tag.replace(/\d+\.\d{3,}/g, (number) => String(Number(Number(number).toFixed(2)))));
}
