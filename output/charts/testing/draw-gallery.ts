/**
 * Draws the pictures of docs/gallery.md and README.md in both languages: the first chart of each kind, a fan with the bands of
 * institutions, further charts by name, and a fan that begins in the past.
 *
 *     node output/charts/testing/draw-gallery.ts [RESULTS [HISTORY]]
 *
 * Without a results folder the charts show the invented province of the tests. HISTORY holds results of a model that starts before
 * the last measurements.
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

/** Further charts of Yunnan by name; those that the catalog does not have are left out. */
const FURTHER = ["urbanization", "moves_flows"] as const;

const [folder, history] = process.argv.slice(2);
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

await draw(
  input,
  drawn.filter(({ name }) => FURTHER.some((further) => further === name)),
  ({ name }) => name,
);
if (history !== undefined) {
  const past = inputOf(history, "terrace report results/from-2010");
  const fan = past.catalog.charts.find(({ kind }) => kind === "fan")!;
  await draw(past, [fan], () => "fan-history");
}

function inputOf(results: string, command = COMMAND): ChartInput {
  const opened = openResults(results);
  return { ...resultsInput(opened, command), ...savedSensitivity(opened) };
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
    .replace(/ (aria-label|role|aria-hidden)="[^"]*"/g, (attribute, name: string) =>
      name === "role" && attribute.includes('"img"') ? attribute : "",
    )
    .replace(/<[^>]*>/g, (tag) => tag.replace(/\d+\.\d{3,}/g, (number) => String(Number(Number(number).toFixed(2)))));
}
