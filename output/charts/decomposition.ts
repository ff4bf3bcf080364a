/**
 * Decomposition: what each part of a programme changes alone, what the whole changes, and the interaction, which is the whole
 * less the sum of the parts.
 *
 * Bars are means of paired differences from the reference, because means add up: so the interaction is exact. Its band is not in
 * a summary (it needs all scenarios draw by draw); where it has been computed from the runs it has a rule like the others.
 */
import type { TopLevelSpec } from "vega-lite";
import type { LayerSpec } from "vega-lite/types_unstable/spec/index.js";
import type { CatalogChart, CatalogIndicator } from "../../engine/ensemble/catalog.ts";
import {
  type CellInteraction,
  type ChartInput,
  findIndicator,
  finiteAt,
  type Language,
  type SummarySeries,
  scenarioTitle,
} from "./chart-input.ts";
import { ChartError } from "./chart-problem.ts";
import { differenceDecimals, formatDifference, indicatorUnit } from "./display-unit.ts";
import { dataNumber, largestOf, runRange } from "./fan-layers.ts";
import { frameChart } from "./frame.ts";
import { TIP } from "./hover.ts";
import { BOLD, CHART_WIDTH, COLOURS, FONT_SIZE } from "./style.ts";
import { indicatorNotes, joinGrades } from "./subtitle.ts";
import { textWidth, wrapText } from "./text-width.ts";
import { timeInText } from "./time-axis.ts";
import { WHISKERS, zeroLine } from "./whiskers.ts";
import * as wording from "./wording.ts";

type DecompositionRequest = Extract<CatalogChart, { kind: "decomposition" }>;

const ROW_HEIGHT = 20;
const GAP = 44;
const MOST_COLUMNS = 2;
const COLOUR_OF = { part: COLOURS.blue, interaction: COLOURS.orange, whole: COLOURS.muted } as const;

interface Bar {
  readonly title: string;
  readonly kind: keyof typeof COLOUR_OF;
  /** In the indicator's unit. */
  readonly mean: number;
  /** Its 80 % band; none for an interaction that nobody has computed from the runs. */
  readonly band: readonly [low: number, high: number] | undefined;
}

export function decompositionChart(chart: DecompositionRequest, input: ChartInput, language: Language): TopLevelSpec {
  const { catalog } = input;
  if (chart.scenarios.length < 2 || chart.scenarios.includes(chart.scenario)) {
    throw new ChartError({ code: "few-parts", chart: chart.name });
  }
  const time = catalog.saveTimes.at(-1)!;
  const indicators = chart.indicators.map((name) => {
    const indicator = findIndicator(catalog, name);
    if (indicator.shape.length > 0)
      throw new ChartError({ code: "shape", chart: chart.name, indicator: name, needs: "none" });
    return indicator;
  });
  const read: SummarySeries[] = [];
  const differenceOf = (indicator: string, scenario: string) => {
    const series = input.series({ scenario, reference: catalog.reference, indicator, key: "" });
    read.push(series);
    return series;
  };
  const panels = indicators.map((indicator) => {
    const titled = (scenario: string, kind: Bar["kind"]) =>
      barOf(chart, differenceOf(indicator.name, scenario), time, scenarioTitle(catalog, scenario)[language], kind);
    const parts = chart.scenarios.map((name) => titled(name, "part"));
    const whole = titled(chart.scenario, "whole");
    const mean = whole.mean - parts.reduce((sum, part) => sum + part.mean, 0);
    const band = interactionBand(chart, input, indicator.name, time);
    const interaction: Bar = { title: wording.WORDS.interaction[language], kind: "interaction", mean, band };
    return { indicator, bars: [...parts, interaction, whole] };
  });
  const hasBands = panels.every(({ bars }) => bars.every(({ band }) => band !== undefined));
  const names = panels[0]!.bars.map(({ title }) => title);
  const nameRoom = Math.max(...names.map((name) => textWidth(name, FONT_SIZE.axis))) + 10;
  const columns = Math.min(MOST_COLUMNS, panels.length);
  const width = Math.floor((CHART_WIDTH + 40 - nameRoom - GAP * (columns - 1)) / columns);
  const reference = scenarioTitle(catalog, catalog.reference)[language];
  const [fewest, most] = runRange(read);
  return frameChart(
    {
      heading:
        chart.title?.[language] ?? indicators.map(({ title }) => title[language]).join(wording.JOIN[language].list),
      subtitle: [
        [
          timeInText(catalog, time, language),
          wording.differenceFrom[language](reference),
          wording.pairsText[language](String(fewest), String(most)),
        ].join(wording.JOIN[language].clause),
        wording.decompositionText[language](hasBands),
      ],
      legend: [
        { label: wording.WORDS.onePart[language], symbol: "square", colour: COLOUR_OF.part },
        { label: wording.WORDS.interaction[language], symbol: "square", colour: COLOUR_OF.interaction },
        { label: wording.WORDS.whole[language], symbol: "square", colour: COLOUR_OF.whole },
      ],
      grade: joinGrades(indicators, language),
      notes: indicatorNotes(catalog, chart, indicators, [], language),
      body: {
        columns,
        spacing: { row: 24, column: GAP },
        concat: panels.map(({ indicator, bars }, index) =>
          panel(indicator, bars, input, { width, hasNames: index % columns === 0 }, language),
        ),
      },
    },
    input,
    language,
  );
}

/** Whether an interaction is of the programme and an indicator of the chart. */
export function isInteractionOf(
  { scenario, scenarios, indicators }: DecompositionRequest,
  one: CellInteraction,
): boolean {
  const isSame = one.scenario === scenario && one.scenarios.join(" ") === scenarios.join(" ");
  return isSame && indicators.includes(one.indicator);
}

/** The 80 % band of the interaction, where it has been computed from the runs. */
function interactionBand(
  chart: DecompositionRequest,
  { interactions = [] }: ChartInput,
  indicator: string,
  time: number,
): Bar["band"] {
  const found = interactions.find(
    (one) => isInteractionOf(chart, one) && one.indicator === indicator && one.time === time,
  );
  return found && [found.low, found.high];
}

function barOf(
  chart: DecompositionRequest,
  series: SummarySeries,
  time: number,
  title: string,
  kind: Bar["kind"],
): Bar {
  const at = Array.from(series.times).indexOf(time);
  const [mean, low, high] = [series.mean, series.q10, series.q90].map((values) => finiteAt(values, at));
  if (mean === undefined || low === undefined || high === undefined) {
    throw new ChartError({ code: "no-pair", chart: chart.name, under: title });
  }
  return { title, kind, mean, band: [low, high] };
}

function panel(
  indicator: CatalogIndicator,
  bars: readonly Bar[],
  input: ChartInput,
  { width, hasNames }: { readonly width: number; readonly hasNames: boolean },
  language: Language,
): LayerSpec<string> {
  const { catalog } = input;
  const levels = input.series({ scenario: catalog.reference, indicator: indicator.name, key: "" });
  const unit = indicatorUnit(indicator, catalog.time.unit, largestOf([levels]), language);
  const shown = (value: number) => dataNumber(value * unit.factor);
  const ends = bars.flatMap(({ mean, band }) => [mean, ...(band ?? [])]).map((value) => Math.abs(value * unit.factor));
  const decimals = differenceDecimals(unit, Math.max(...ends));
  const rows = bars.map(({ title, kind, mean, band }) => {
    const label = formatDifference(mean * unit.factor, decimals);
    const numbers = band?.map((value) => formatDifference(value * unit.factor, decimals)).join(" – ");
    return {
      title,
      kind,
      mean: shown(mean),
      ...(band && { low: shown(band[0]), high: shown(band[1]) }),
      end: shown(Math.max(0, mean, ...(band ?? []))),
      label,
      tip: `${title}: ${label}${numbers === undefined ? "" : ` (${numbers})`} ${unit.differenceLabel}`.trimEnd(),
    };
  });
  // Room for the number right of the longest bar.
  const low = Math.min(0, ...rows.map((row) => Math.min(row.mean, row.low ?? 0)));
  const high = Math.max(0, ...rows.map(({ end }) => end));
  const room = ((high - low) * (textWidth(rows[0]!.label, 9.5) + 16)) / width;
  return {
    title: {
      text: wrapText(indicator.title[language], FONT_SIZE.subtitle * BOLD, width),
      anchor: "start",
      fontSize: FONT_SIZE.subtitle,
      fontWeight: "bold",
      offset: 4,
    },
    width,
    height: ROW_HEIGHT * bars.length,
    data: { values: rows },
    encoding: {
      y: {
        field: "title",
        type: "nominal",
        sort: rows.map(({ title }) => title),
        scale: { padding: 0.2 },
        axis: { title: null, ticks: false, domain: false, labelPadding: 6, labels: hasNames },
      },
    },
    layer: [
      {
        mark: { type: "bar", aria: true },
        encoding: {
          x: {
            field: "mean",
            type: "quantitative",
            scale: { domain: [low === 0 ? 0 : low - room / 4, high + room], nice: false, zero: true },
            axis: { title: unit.differenceLabel || null, tickCount: 4 },
          },
          color: {
            field: "kind",
            type: "nominal",
            legend: null,
            scale: { domain: Object.keys(COLOUR_OF), range: Object.values(COLOUR_OF) },
          },
          ...TIP,
        },
      },
      WHISKERS,
      zeroLine(ROW_HEIGHT * bars.length),
      {
        mark: { type: "text", align: "left", dx: 5, fontSize: 9.5 },
        encoding: { x: { field: "end", type: "quantitative" }, text: { field: "label", type: "nominal" } },
      },
    ],
  };
}
