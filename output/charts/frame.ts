/**
 * What stands around every chart: heading, subtitle, legend above; notes, provenance and the command below.
 *
 * The footer is the title of the outermost view, set at the bottom, so that it stays with the spec whoever draws it.
 */
import type { TopLevelSpec } from "vega-lite";
import type { NonNormalizedSpec } from "vega-lite/types_unstable/spec/index.js";
import type { ChartInput, Language } from "./chart-input.ts";
import { formatNumber } from "./display-unit.ts";
import { type LegendEntry, legendStrip } from "./legend-strip.ts";
import { BOLD, CHART_WIDTH, COLOURS, CONFIG, FONT_SIZE } from "./style.ts";
import { wrapText } from "./text-width.ts";
import { timeInText } from "./time-axis.ts";
import * as wording from "./wording.ts";

export interface ChartParts {
  readonly heading: string;
  /** Sentences under the heading: scenario, unit, what the bands are. */
  readonly subtitle: readonly string[];
  readonly legend: readonly LegendEntry[];
  readonly body: NonNormalizedSpec;
  /** Evidence grades of what is shown, one text; `undefined` where the model states none, null of what can have none. */
  readonly grade: string | undefined | null;
  /** Notes about the data, one sentence each. */
  readonly notes: readonly string[];
  /** Width of the whole picture, in pixels; default {@link CHART_WIDTH} and room for the axis. */
  readonly width?: number;
}

/** Room that the vertical axis takes beside the drawing area. */
const AXIS_ROOM = 50;
/** Digits of the model hash that are printed: enough to tell models apart, short enough to be read aloud. */
const HASH_DIGITS = 12;

/** The complete spec of a chart in one language. */
export function frameChart(parts: ChartParts, input: ChartInput, language: Language): TopLevelSpec {
  const width = parts.width ?? CHART_WIDTH + AXIS_ROOM;
  const views = parts.legend.length > 0 ? [legendStrip(parts.legend, CHART_WIDTH), parts.body] : [parts.body];
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    description: describe(parts, language),
    background: "white",
    padding: 14,
    config: CONFIG,
    title: {
      text: footerLines(parts, input, language, width),
      orient: "bottom",
      anchor: "start",
      fontSize: FONT_SIZE.footer,
      lineHeight: 13,
      fontWeight: "normal",
      color: COLOURS.muted,
      offset: 10,
    },
    vconcat: [
      {
        title: {
          text: wrapText(parts.heading, FONT_SIZE.heading * BOLD, width),
          subtitle: parts.subtitle.flatMap((line) => wrapText(line, FONT_SIZE.subtitle, width)),
          anchor: "start",
          fontSize: FONT_SIZE.heading,
          lineHeight: 21,
          subtitleFontSize: FONT_SIZE.subtitle,
          subtitleLineHeight: 16,
          subtitleColor: COLOURS.muted,
          subtitlePadding: 5,
          offset: 10,
        },
        spacing: 8,
        vconcat: views,
      },
    ],
  };
}

/** What the picture shows, in one text for screen readers. */
function describe(parts: ChartParts, language: Language): string {
  return [parts.heading, ...parts.subtitle, wording.WORDS.notForecast[language]].join(wording.JOIN[language].stop);
}

function footerLines(parts: ChartParts, input: ChartInput, language: Language, width: number): string[] {
  const { facts } = input;
  const provenance = provenanceOf(input, language);
  const grade = wording.gradeText[language](parts.grade ?? wording.WORDS.gradeUnknown[language]);
  const { clause } = wording.JOIN[language];
  return [
    ...parts.notes,
    wording.WORDS.notForecast[language] + (parts.grade === null ? "" : clause + grade),
    provenance,
    wording.commandText[language](facts.command),
  ].flatMap((line) => wrapText(line, FONT_SIZE.footer, width));
}

/** Model, data, run, seed, draws and failures in one line. */
export function provenanceOf({ catalog, facts }: ChartInput, language: Language): string {
  const measured = Math.max(...catalog.indicators.flatMap(({ observed }) => observed.flatMap(({ time }) => time)));
  return wording.provenanceText[language]({
    model: catalog.model.title[language],
    hash: catalog.model.hash.slice(0, HASH_DIGITS),
    data: Number.isFinite(measured) ? timeInText(catalog, measured, language) : undefined,
    run: facts.run,
    seed: facts.seed,
    draws: formatNumber(facts.draws, 0),
    failed: failedText(facts.failedShare),
  });
}

/** Failed runs in per cent; a share that is not zero is never printed as zero. */
export function failedText(share: number): string {
  if (share === 0) return "0%";
  return share < 0.0005 ? "<0.1%" : `${formatNumber(share * 100, 1)}%`;
}
