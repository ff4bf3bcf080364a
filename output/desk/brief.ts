/** A brief of about two pages (.docx): findings, gaps to targets, winners and losers, two charts, provenance. */
import {
  AlignmentType,
  Document,
  HeadingLevel,
  ImageRun,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from "docx";
import { type ChartInput, type Language, scenarioTitle } from "../charts/chart-input.ts";
import { formatDifference, formatNumber } from "../charts/display-unit.ts";
import type { DrawnChart } from "../charts/draw-charts.ts";
import { failedText } from "../charts/frame.ts";
import type { PngRenderer } from "../charts/render-png.ts";
import { roundedPercent, thresholdText } from "../charts/targets.ts";
import * as wording from "../charts/wording.ts";
import { mainFigures } from "../report/main-figures.ts";
import { targetGaps, type Winner, winners } from "./desk-tables.ts";
import { DESK, finding, gapText, met, placesText } from "./desk-wording.ts";

const MOST_FINDINGS = 8;
const MOST_PLACES = 3;
const MOST_SCENARIOS = 3;
/** Width of a chart in the text area of A4 with margins of 2.5 cm, in pixels at 96 an inch. */
const PICTURE_WIDTH = 560;
/** A fan is shown and then the targets, if the model has both. */
const MOST_CHARTS = 2;

/** The brief as the bytes of a .docx file; without a renderer it has no pictures. */
export async function briefDocument(
  input: ChartInput,
  charts: readonly DrawnChart[],
  language: Language,
  renderPng: PngRenderer | undefined,
): Promise<Uint8Array> {
  const { catalog } = input;
  const children = [
    new Paragraph({
      heading: HeadingLevel.TITLE,
      alignment: AlignmentType.CENTER,
      children: [new TextRun(`${catalog.model.title[language]} ${DESK.brief[language]}`)],
    }),
    new Paragraph({ alignment: AlignmentType.CENTER, text: wording.WORDS.notForecast[language] }),
    heading(DESK.findings[language]),
    ...findings(input, language).map((text) => new Paragraph({ text })),
    ...(catalog.targets.length > 0 ? [heading(DESK.gaps[language]), gapTable(input, language)] : []),
    ...placeLines(input, language),
    ...pictures(charts, language, renderPng),
    heading(DESK.basis[language]),
    ...basis(input, language).map((text) => new Paragraph({ text })),
  ];
  const font = { ascii: "Times New Roman", hAnsi: "Times New Roman", eastAsia: "仿宋" };
  const document = new Document({
    title: catalog.model.title[language],
    styles: { default: { document: { run: { font, size: 22 } } } },
    sections: [{ properties: { page: { size: { width: 11906, height: 16838 } } }, children }],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}

function heading(text: string): Paragraph {
  return new Paragraph({ text, heading: HeadingLevel.HEADING_2 });
}

/** The reference scenario in sentences, what the model draws as fans first. */
function findings(input: ChartInput, language: Language): string[] {
  const { catalog } = input;
  const [first, last] = [catalog.time.start, catalog.saveTimes.at(-1)!].map(String);
  const fans = catalog.charts.flatMap((chart) => (chart.kind === "fan" ? [chart.indicator] : []));
  const place = (name: string) => (fans.includes(name) ? fans.indexOf(name) : fans.length);
  return [...mainFigures(input, language)]
    .sort((a, b) => place(a.indicator.name) - place(b.indicator.name))
    .slice(0, MOST_FINDINGS)
    .flatMap(({ indicator, unit, scenarios }) => {
      const figures = scenarios.find(({ scenario }) => scenario === catalog.reference);
      const end = figures?.levels.at(-1);
      const series = input.series({ scenario: catalog.reference, indicator: indicator.name, key: "" });
      const start = series.q50[0];
      if (end === undefined || start === undefined || !Number.isFinite(start)) return [];
      const from = formatNumber(start * unit.factor, unit.decimals);
      const band = `${end.low}–${end.high}`;
      return [finding[language](indicator.title[language], unit.label, first!, from, last!, end.median, band)];
    });
}

/** The reference and the scenarios that the model's charts show, as many as fit on a page; all are in the workbook. */
function briefScenarios({ catalog }: ChartInput) {
  const charted = new Set([
    catalog.reference,
    ...catalog.charts.flatMap((chart) => ("scenario" in chart ? [chart.scenario] : [])),
  ]);
  return catalog.scenarios.filter(({ name }) => charted.has(name)).slice(0, MOST_SCENARIOS);
}

/** One row a target: under each scenario the gap and the probability. */
function gapTable(input: ChartInput, language: Language): Table {
  const { catalog } = input;
  const gaps = targetGaps(input, language);
  const scenarios = briefScenarios(input);
  const heads = [DESK.target[language], ...scenarios.map(({ title }) => title[language])];
  const rows = catalog.targets.map((target) => [
    `${target.title[language]} (${thresholdText(catalog, target, language)})`,
    ...scenarios.map(({ name }) => {
      const gap = gaps.find((one) => one.target === target && one.scenario === name);
      if (gap === undefined) return wording.WORDS.noValue[language];
      const { unit } = gap;
      const missing =
        gap.gap === 0
          ? met[language]
          : gapText[language](
              formatNumber(gap.gap, unit.decimals),
              unit.differenceLabel,
              formatDifference(gap.required, unit.decimals + 1),
            );
      return `${missing}; ${roundedPercent(gap.share)}%`;
    }),
  ]);
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: [heads, ...rows].map(
      (cells, index) =>
        new TableRow({
          tableHeader: index === 0,
          cantSplit: true,
          children: cells.map(
            (text) =>
              new TableCell({
                children: [new Paragraph({ children: [new TextRun({ text, size: 16, bold: index === 0 })] })],
              }),
          ),
        }),
    ),
  });
}

/** Winners and losers of the first dumbbell by place that the model asks for. */
function placeLines(input: ChartInput, language: Language): Paragraph[] {
  const { catalog } = input;
  const asked = catalog.charts.find(
    (chart) =>
      chart.kind === "dumbbell" &&
      catalog.indicators.some(({ name, shape }) => name === chart.indicator && shape.length === 1),
  );
  if (asked?.kind !== "dumbbell") return [];
  const rows = winners(input, language).filter(
    ({ indicator, scenario }) => indicator.name === asked.indicator && scenario === asked.scenario,
  );
  if (rows.length === 0) return [];
  const list = (chosen: readonly Winner[]) =>
    chosen
      .map(
        ({ title, difference, unit }) =>
          `${title.split(/, |，/).at(-1)} ${formatDifference(difference, unit.decimals)}`,
      )
      .join(wording.JOIN[language].list);
  const { title } = rows[0]!.indicator;
  const text = placesText[language](
    scenarioTitle(catalog, asked.scenario)[language],
    `${title[language]}${wording.JOIN[language].comma}${rows[0]!.unit.label}`,
    list(rows.slice(0, MOST_PLACES)),
    list(rows.slice(-MOST_PLACES).reverse()),
  );
  return [heading(DESK.places[language]), new Paragraph({ text })];
}

function pictures(charts: readonly DrawnChart[], language: Language, renderPng: PngRenderer | undefined): Paragraph[] {
  if (renderPng === undefined || charts.length === 0) return [];
  const drawn = charts.filter((chart) => chart.language === language).slice(0, MOST_CHARTS);
  return [
    heading(DESK.charts[language]),
    ...drawn.map(({ svg, title }) => {
      const [, width = "1", height = "1"] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
      return new Paragraph({
        children: [
          new ImageRun({
            type: "png",
            data: Buffer.from(renderPng(svg)),
            transformation: {
              width: PICTURE_WIDTH,
              height: Math.round((PICTURE_WIDTH * Number(height)) / Number(width)),
            },
            altText: { name: title, title, description: title },
          }),
        ],
      });
    }),
  ];
}

function basis(input: ChartInput, language: Language): string[] {
  const { catalog, facts } = input;
  return [
    wording.summaryCaption[language](),
    wording.provenanceText[language]({
      model: catalog.model.title[language],
      hash: catalog.model.hash.slice(0, 12),
      seed: facts.seed,
      draws: formatNumber(facts.draws, 0),
      failed: failedText(facts.failedShare),
    }),
    wording.commandText[language](`${facts.command} --desk`),
  ];
}
