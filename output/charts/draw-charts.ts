/**
 * Draws all charts of a batch into a folder: for each chart and language a Vega-Lite spec and its picture.
 *
 *     <name>.en.vl.json   spec with its data, to restyle or to open in any Vega-Lite editor
 *     <name>.en.svg       the same, drawn, with the glyphs it shows inside
 *     <name>.en.png       the same for word processors, where resvg is installed and it is asked for
 *     <name>.data.json    the numbers behind it as the results have them, the same for both languages
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { TopLevelSpec } from "vega-lite";
import type { Catalog, CatalogChart } from "../../engine/ensemble/catalog.ts";
import { fontFaces } from "../fonts/chart-font.ts";
import { type ChartData, dataText, recordingInput } from "./chart-data.ts";
import { type ChartInput, LANGUAGES, type Language } from "./chart-input.ts";
import { ChartError } from "./chart-problem.ts";
import { chartSpec } from "./chart-spec.ts";
import type { PngRenderer } from "./render-png.ts";
import { renderSvg } from "./render-svg.ts";
import { sensitivityOf } from "./tornado.ts";

/** A chart in one language, as spec and as picture. */
export interface DrawnChart {
  readonly name: string;
  readonly language: Language;
  readonly title: string;
  readonly spec: TopLevelSpec;
  readonly svg: string;
  /** What was read for it; the same in every language. */
  readonly data: ChartData;
}

/**
 * A chart that cannot be drawn, and what it lacks: scenarios that are not in the batch, another scenario to compare the reference
 * with, or sensitivities of the runs, which are computed apart from the summaries.
 */
export type NotDrawn = { readonly name: string } & (
  | { readonly lacks: "scenarios"; readonly scenarios: readonly string[] }
  | { readonly lacks: "reference" }
  | { readonly lacks: "sensitivity" }
);

/** Whether a comparison has one scenario on both sides: the model's reference is not in the batch, and another took its place. */
function comparesWithItself(chart: CatalogChart, { reference, scenarios, indicators }: Catalog): boolean {
  switch (chart.kind) {
    case "paired":
    case "decomposition":
      return chart.scenario === reference;
    case "dumbbell": {
      const isScalar = indicators.some(({ name, shape }) => name === chart.indicator && shape.length === 0);
      return isScalar ? scenarios.length === 1 : chart.scenario === reference;
    }
    default:
      return false;
  }
}

/**
 * Charts that cannot be drawn because a scenario is not in the batch (`run --scenario` has left it out) or because nobody has
 * computed sensitivities; the other charts of the catalog can.
 */
export function chartsNotDrawn(input: ChartInput): readonly NotDrawn[] {
  const scenarios = new Set(input.catalog.scenarios.map(({ name }) => name));
  return input.catalog.charts.flatMap((chart): NotDrawn[] => {
    const { name } = chart;
    const asked = [...("scenario" in chart ? [chart.scenario] : []), ...("scenarios" in chart ? chart.scenarios : [])];
    const missing = asked.filter((scenario) => !scenarios.has(scenario));
    if (missing.length > 0) return [{ name, lacks: "scenarios", scenarios: missing }];
    if (comparesWithItself(chart, input.catalog)) return [{ name, lacks: "reference" }];
    return chart.kind === "tornado" && sensitivityOf(chart, input) === undefined
      ? [{ name, lacks: "sensitivity" }]
      : [];
  });
}

/**
 * Charts of the catalog in its order, each in the given languages, but for those that {@link chartsNotDrawn} names.
 * Nothing is written.
 */
export async function drawEach(
  input: ChartInput,
  languages: readonly Language[] = LANGUAGES,
): Promise<readonly DrawnChart[]> {
  const drawn: DrawnChart[] = [];
  const left = new Set(chartsNotDrawn(input).map(({ name }) => name));
  // One after another: Vega numbers clip paths by one counter for the whole process.
  for (const chart of input.catalog.charts) {
    if (left.has(chart.name)) continue;
    for (const language of languages) drawn.push(await drawOne(chart, input, language));
  }
  return drawn;
}

async function drawOne(chart: CatalogChart, input: ChartInput, language: Language): Promise<DrawnChart> {
  const recorded = recordingInput(input);
  const spec = chartSpec(chart, recorded.input, language);
  const title = headingOf(spec);
  const svg = await renderSvg(spec, title);
  return { name: chart.name, language, title, spec, svg, data: recorded.dataOf(chart) };
}

/**
 * Writes the charts of {@link drawEach} into `folder` (made if it is missing) and returns the paths, in the order written.
 *
 * @throws ChartError if a chart asks for something that the results do not have; then nothing is written.
 */
export async function drawCharts(
  input: ChartInput,
  folder: string,
  languages: readonly Language[] = LANGUAGES,
): Promise<readonly string[]> {
  return writeCharts(await drawEach(input, languages), folder);
}

/** Writes drawn charts into `folder`, with a renderer also as PNG, and returns the paths. */
export async function writeCharts(
  charts: readonly DrawnChart[],
  folder: string,
  renderPng?: PngRenderer,
): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const paths: string[] = [];
  const written = new Set<string>();
  for (const { name, language, spec, svg, data } of charts) {
    if (!written.has(name)) {
      const path = join(folder, `${fileStem(name)}.data.json`);
      await writeFile(path, dataText(data));
      paths.push(path);
      written.add(name);
    }
    const stem = join(folder, `${fileStem(name)}.${language}`);
    await writeFile(`${stem}.vl.json`, specText(spec));
    await writeFile(`${stem}.svg`, withGlyphs(svg));
    paths.push(`${stem}.vl.json`, `${stem}.svg`);
    if (renderPng === undefined) continue;
    await writeFile(`${stem}.png`, renderPng(svg));
    paths.push(`${stem}.png`);
  }
  return paths;
}

/** The picture with the glyphs of its text inside, for viewers without Chinese fonts. */
export function withGlyphs(svg: string): string {
  const end = svg.indexOf(">") + 1;
  return `${svg.slice(0, end)}<style>${fontFaces(svg.replace(/<[^>]*>/g, ""))}</style>${svg.slice(end)}`;
}

/** A spec as it is written to disk: indented, but rows of data one a line. */
export function specText(spec: TopLevelSpec): string {
  const rows: string[] = [];
  const marked = JSON.stringify(
    spec,
    (key, value: unknown) =>
      key === "values" && Array.isArray(value) && value.every((row) => typeof row === "object" && row !== null)
        ? value.map((row) => `\u0000${rows.push(JSON.stringify(row)) - 1}`)
        : value,
    2,
  );
  return `${marked.replace(/"\\u0000(\d+)"/g, (_, index: string) => rows[Number(index)]!)}\n`;
}

/** Names come from model files: only letters, digits, `_` and `-` may become part of a path. */
function fileStem(name: string): string {
  if (!/^[\p{L}\p{N}_-]+$/u.test(name)) throw new ChartError({ code: "file-name", name });
  return name;
}

/** The heading that {@link frameChart} has put into the spec. */
function headingOf(spec: TopLevelSpec): string {
  const inner = "vconcat" in spec ? spec.vconcat[0] : undefined;
  const title = inner !== undefined && typeof inner.title === "object" && "text" in inner.title ? inner.title.text : "";
  return Array.isArray(title) ? title.join(" ") : String(title);
}
