/**
 * A brief of two pages (.docx): findings, gaps to targets, winners and losers on the first, charts and provenance on the second. What
 * does not fit is left to the workbook, and the brief says so.
 */
import {
  AlignmentType,
  Document,
  HeadingLevel,
  ImageRun,
  type IParagraphOptions,
  LineRuleType,
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
import { provenanceOf } from "../charts/frame.ts";
import type { PngRenderer } from "../charts/render-png.ts";
import { roundedPercent, thresholdText } from "../charts/targets.ts";
import * as wording from "../charts/wording.ts";
import { effectSentences } from "../report/in-words.ts";
import { mainFigures } from "../report/main-figures.ts";
import {
  FILLED_HEIGHT,
  PAGE,
  PICTURE_EXTRA,
  paragraphHeight,
  pictureSizes,
  rowHeight,
  rowsThatFit,
  STYLES,
  TEXT_WIDTH,
  type TextStyle,
} from "./brief-layout.ts";
import { type TargetGap, targetGaps, type Winner, winners } from "./desk-tables.ts";
import { briefTitle, DESK, finding, gapsLeft, gapText, met, placesText } from "./desk-wording.ts";

const MOST_EFFECTS = 3;
const MOST_FINDINGS = 6;
const MOST_PLACES = 3;
const MOST_SCENARIOS = 3;
const MOST_CHARTS = 2;
/** Part of the table's width for the targets' names. */
const NAME_PART = 0.34;
/** Units of docx: twentieths of a point for lengths, half points for letters. */
const TWIPS = 20;

/** The texts of the brief as they are laid out, and the height that each page takes at most, in points. */
export interface BriefPlan {
  readonly findings: readonly string[];
  /** Heads and rows of the gaps. */
  readonly gaps: readonly (readonly string[])[];
  readonly gapWidths: readonly number[];
  /** Says that targets are left out, if so. */
  readonly gapNote: string | undefined;
  readonly places: string | undefined;
  readonly basis: readonly string[];
  /** Of the charts, in points. */
  readonly sizes: readonly { readonly width: number; readonly height: number }[];
  readonly heights: readonly [first: number, second: number];
}

/** The brief as the bytes of a .docx file; without a renderer it has no pictures. */
export async function briefDocument(
  input: ChartInput,
  charts: readonly DrawnChart[],
  language: Language,
  renderPng: PngRenderer | undefined,
): Promise<Uint8Array> {
  const { catalog } = input;
  const drawn = renderPng === undefined ? [] : chartsOfBrief(charts, language);
  const plan = planBrief(input, drawn, language);
  const children = [
    paragraph(titleOf(input, language), STYLES.title, { heading: HeadingLevel.TITLE, alignment: AlignmentType.CENTER }),
    paragraph(wording.WORDS.notForecast[language], STYLES.subtitle, { alignment: AlignmentType.CENTER }),
    heading(DESK.findings[language]),
    ...plan.findings.map((text) => paragraph(text, STYLES.body)),
    ...(plan.gaps.length > 1 ? [heading(DESK.gaps[language]), gapTable(plan)] : []),
    ...(plan.gapNote === undefined ? [] : [paragraph(plan.gapNote, STYLES.body)]),
    ...(plan.places === undefined ? [] : [heading(DESK.places[language]), paragraph(plan.places, STYLES.body)]),
    heading(drawn.length > 0 ? DESK.charts[language] : DESK.basis[language], { pageBreakBefore: true }),
    ...(renderPng === undefined || drawn.length === 0 ? [] : pictures(drawn, plan, renderPng)),
    ...(drawn.length > 0 ? [heading(DESK.basis[language])] : []),
    ...plan.basis.map((text) => paragraph(text, STYLES.body)),
  ];
  const font = { ascii: "Times New Roman", hAnsi: "Times New Roman", eastAsia: "仿宋" };
  const margin = PAGE.margin * TWIPS;
  const page = {
    size: { width: PAGE.width * TWIPS, height: PAGE.height * TWIPS },
    margin: { top: margin, bottom: margin, left: margin, right: margin },
  };
  const document = new Document({
    title: catalog.model.title[language],
    styles: { default: { document: { run: { font, size: 2 * STYLES.body.size } } } },
    sections: [{ properties: { page }, children }],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}

/** What the brief says, cut to two pages. */
export function planBrief(input: ChartInput, charts: readonly DrawnChart[], language: Language): BriefPlan {
  const { catalog } = input;
  const head = (text: string) => paragraphHeight(text, STYLES.heading);
  const shownFindings = findings(input, language);
  const places = placeLine(input, language);
  let first =
    paragraphHeight(titleOf(input, language), STYLES.title) +
    paragraphHeight(wording.WORDS.notForecast[language], STYLES.subtitle) +
    head(DESK.findings[language]) +
    sum(shownFindings.map((text) => paragraphHeight(text, STYLES.body))) +
    (places === undefined ? 0 : head(DESK.places[language]) + paragraphHeight(places, STYLES.body));
  const scenarios = briefScenarios(input);
  const gapWidths = [TEXT_WIDTH * NAME_PART, ...scenarios.map(() => (TEXT_WIDTH * (1 - NAME_PART)) / scenarios.length)];
  const rows = catalog.targets.length === 0 ? [] : gapRows(input, language);
  const noteOf = (shown: number) => gapsLeft[language](String(shown), String(catalog.targets.length));
  if (rows.length > 0) first += head(DESK.gaps[language]) + paragraphHeight(noteOf(0), STYLES.body);
  const gaps = rows.slice(0, rowsThatFit(rows, gapWidths, FILLED_HEIGHT - first));
  first += sum(gaps.map((row) => rowHeight(row, gapWidths)));
  const basis = basisTexts(input, language);
  const second =
    head(DESK.basis[language]) +
    sum(basis.map((text) => paragraphHeight(text, STYLES.body))) +
    (charts.length === 0 ? 0 : head(DESK.charts[language]));
  const sizes = pictureSizes(charts.map(proportionOf), FILLED_HEIGHT - second);
  return {
    findings: shownFindings,
    gaps,
    gapWidths,
    gapNote: gaps.length < rows.length ? noteOf(gaps.length - 1) : undefined,
    places,
    basis,
    sizes,
    heights: [first, second + sum(sizes.map(({ height }) => height + PICTURE_EXTRA))],
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function titleOf({ catalog }: ChartInput, language: Language): string {
  return briefTitle[language](catalog.model.title[language]);
}

function paragraph(text: string, { size, line, after }: TextStyle, more: Omit<IParagraphOptions, "children"> = {}) {
  return new Paragraph({
    ...more,
    spacing: { before: 0, after: after * TWIPS, line: line * TWIPS, lineRule: LineRuleType.EXACT },
    children: [new TextRun({ text, size: 2 * size, color: "000000" })],
  });
}

function heading(text: string, more: Omit<IParagraphOptions, "children"> = {}): Paragraph {
  return paragraph(text, STYLES.heading, { heading: HeadingLevel.HEADING_2, ...more });
}

/** The reference scenario in sentences, what the model draws as fans first; then what the first comparison changes. */
function findings(input: ChartInput, language: Language): string[] {
  const { catalog } = input;
  const [first, last] = [catalog.time.start, catalog.saveTimes.at(-1)!].map(String);
  const fans = catalog.charts.flatMap((chart) => (chart.kind === "fan" ? [chart.indicator] : []));
  const place = (name: string) => (fans.includes(name) ? fans.indexOf(name) : fans.length);
  const figures = mainFigures(input, language);
  const courses = [...figures]
    .sort((a, b) => place(a.indicator.name) - place(b.indicator.name))
    .slice(0, MOST_FINDINGS)
    .flatMap(({ indicator, unit, scenarios }) => {
      const own = scenarios.find(({ scenario }) => scenario === catalog.reference);
      const end = own?.levels.at(-1);
      const series = input.series({ scenario: catalog.reference, indicator: indicator.name, key: "" });
      const start = series.q50[0];
      if (end === undefined || start === undefined || !Number.isFinite(start)) return [];
      const from = formatNumber(start * unit.factor, unit.decimals);
      const band = `${end.low}–${end.high}`;
      return [finding[language](indicator.title[language], unit.label, first!, from, last!, end.median, band)];
    });
  const { stop } = wording.JOIN[language];
  const effects = effectSentences(input, figures, language).slice(0, MOST_EFFECTS);
  return [
    wording.scenarioText[language](scenarioTitle(catalog, catalog.reference)[language]) + stop.trim(),
    ...courses,
    ...effects.map((text) => text + stop.trim()),
  ];
}

/** The reference and the scenarios that the model's charts show, as many as fit on a page; all are in the workbook. */
function briefScenarios({ catalog }: ChartInput) {
  const charted = new Set([
    catalog.reference,
    ...catalog.charts.flatMap((chart) => ("scenario" in chart ? [chart.scenario] : [])),
  ]);
  return catalog.scenarios.filter(({ name }) => charted.has(name)).slice(0, MOST_SCENARIOS);
}

/** Heads, then one row a target: under each scenario the gap and the probability. What the reference misses comes first. */
function gapRows(input: ChartInput, language: Language): string[][] {
  const { catalog } = input;
  const gaps = targetGaps(input, language);
  const scenarios = briefScenarios(input);
  const of = (target: TargetGap["target"], scenario: string) =>
    gaps.find((one) => one.target === target && one.scenario === scenario);
  const missed = (target: TargetGap["target"]) => ((of(target, catalog.reference)?.gap ?? 0) > 0 ? 0 : 1);
  const rows = [...catalog.targets]
    .sort((a, b) => missed(a) - missed(b) || a.due - b.due)
    .map((target) => [
      `${target.title[language]} (${thresholdText(catalog, target, language)})`,
      ...scenarios.map(({ name }) => cellText(of(target, name), language)),
    ]);
  return [[DESK.target[language], ...scenarios.map(({ title }) => title[language])], ...rows];
}

function cellText(gap: TargetGap | undefined, language: Language): string {
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
}

function gapTable({ gaps, gapWidths }: BriefPlan): Table {
  const { size, line } = STYLES.cell;
  return new Table({
    width: { size: TEXT_WIDTH * TWIPS, type: WidthType.DXA },
    columnWidths: gapWidths.map((width) => Math.round(width * TWIPS)),
    layout: "fixed",
    rows: gaps.map(
      (cells, index) =>
        new TableRow({
          tableHeader: index === 0,
          cantSplit: true,
          children: cells.map(
            (text, column) =>
              new TableCell({
                width: { size: Math.round(gapWidths[column]! * TWIPS), type: WidthType.DXA },
                margins: { top: 10, bottom: 10, left: 80, right: 80 },
                children: [
                  new Paragraph({
                    spacing: { before: 0, after: 0, line: line * TWIPS, lineRule: LineRuleType.EXACT },
                    children: [new TextRun({ text, size: 2 * size, bold: index === 0 })],
                  }),
                ],
              }),
          ),
        }),
    ),
  });
}

/** Winners and losers of the first dumbbell by place that the model asks for. */
function placeLine(input: ChartInput, language: Language): string | undefined {
  const { catalog } = input;
  const asked = catalog.charts.find(
    (chart) =>
      chart.kind === "dumbbell" &&
      catalog.indicators.some(({ name, shape }) => name === chart.indicator && shape.length === 1),
  );
  if (asked?.kind !== "dumbbell") return undefined;
  const rows = winners(input, language).filter(
    ({ indicator, scenario }) => indicator.name === asked.indicator && scenario === asked.scenario,
  );
  if (rows.length === 0) return undefined;
  const list = (chosen: readonly Winner[]) =>
    chosen
      .map(
        ({ title, difference, unit }) =>
          `${title.split(/, |，/).at(-1)} ${formatDifference(difference, unit.decimals)}`,
      )
      .join(wording.JOIN[language].list);
  const { title } = rows[0]!.indicator;
  return placesText[language](
    scenarioTitle(catalog, asked.scenario)[language],
    `${title[language]}${wording.JOIN[language].comma}${rows[0]!.unit.label}`,
    list(rows.slice(0, MOST_PLACES)),
    list(rows.slice(-MOST_PLACES).reverse()),
  );
}

function chartsOfBrief(charts: readonly DrawnChart[], language: Language): readonly DrawnChart[] {
  return charts.filter((chart) => chart.language === language).slice(0, MOST_CHARTS);
}

/** Height of a picture as a part of its width. */
function proportionOf({ svg }: Pick<DrawnChart, "svg">): number {
  const [, width = "1", height = "1"] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
  return Number(height) / Number(width);
}

function pictures(drawn: readonly DrawnChart[], { sizes }: BriefPlan, renderPng: PngRenderer): Paragraph[] {
  return drawn.map(({ svg, title }, index) => {
    const { width, height } = sizes[index]!;
    return new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { before: 0, after: STYLES.body.after * TWIPS },
      children: [
        new ImageRun({
          type: "png",
          data: Buffer.from(renderPng(svg)),
          // docx counts pictures in pixels, 96 an inch.
          transformation: { width: Math.floor((width * 96) / 72), height: Math.floor((height * 96) / 72) },
          altText: { name: title, title, description: title },
        }),
      ],
    });
  });
}

function basisTexts(input: ChartInput, language: Language): string[] {
  const { facts } = input;
  return [
    wording.summaryCaption[language](),
    provenanceOf(input, language),
    wording.commandText[language](`${facts.command} --desk`),
  ];
}
