/**
 * Lines: medians with 80 % bands of several scalars in one panel, for the same thing measured in several ways; and areas:
 * means of scalars that add up, stacked over time.
 */
import type { TopLevelSpec } from "vega-lite";
import type { LayerSpec, UnitSpec } from "vega-lite/types_unstable/spec/index.js";
import type { Catalog, CatalogChart, CatalogIndicator } from "../../engine/ensemble/catalog.ts";
import { type ChartInput, findIndicator, finiteAt, type Language, type SummarySeries } from "./chart-input.ts";
import { ChartError } from "./chart-problem.ts";
import { type DisplayUnit, formatNumber, indicatorUnit } from "./display-unit.ts";
import { dataNumber, fanRows, largestOf, missingTimes, runRange } from "./fan-layers.ts";
import { frameChart } from "./frame.ts";
import { type TimeTip, timeStrips } from "./hover.ts";
import { CATEGORY_COLOURS, CHART_WIDTH, COLOURS } from "./style.ts";
import { capitalised, indicatorNotes, joinGrades, measureLine, runCount } from "./subtitle.ts";
import { timeAxis, timeInText, topTitle } from "./time-axis.ts";
import * as wording from "./wording.ts";

type LinesRequest = Extract<CatalogChart, { kind: "lines" | "areas" }>;

const HEIGHT = 270;
/** Room right of the last time for its numbers. */
const END_ROOM = 56;
/** Pixels between two numbers at the right. */
const LABEL_STEP = 13;

interface Part {
  readonly indicator: CatalogIndicator;
  readonly series: SummarySeries;
  readonly colour: string;
}

export function linesChart(chart: LinesRequest, input: ChartInput, language: Language): TopLevelSpec {
  const { catalog } = input;
  const parts = partsOf(chart, input);
  const indicators = parts.map(({ indicator }) => indicator);
  const first = indicators[0]!;
  const series = parts.map((part) => part.series);
  const total = chart.kind === "areas" ? totalOf(series) : largestOf(series);
  const targets = catalog.targets.filter(
    ({ indicator, key }) => chart.kind === "lines" && key === "" && chart.indicators.includes(indicator),
  );
  const unit = indicatorUnit(
    first,
    catalog.time.unit,
    Math.max(total, ...targets.map(({ threshold }) => threshold)),
    language,
  );
  const { clause } = wording.JOIN[language];
  const shown = chart.kind === "areas" ? wording.stackedText[language]() : wording.bandsText[language]([80]);
  const domain = [catalog.time.start, catalog.time.stop] as const;
  return frameChart(
    {
      heading:
        chart.title?.[language] ?? indicators.map(({ title }) => title[language]).join(wording.JOIN[language].list),
      subtitle: [
        measureLine({ catalog, indicator: first, unit, language, scenario: chart.scenario }),
        capitalised(shown) + clause + runCount(runRange(series), language),
      ],
      legend: [
        ...parts.map(({ indicator, colour }) => ({
          label: indicator.title[language],
          symbol: chart.kind === "areas" ? ("square" as const) : ("stroke" as const),
          colour,
        })),
        ...(targets.length > 0
          ? [{ label: wording.WORDS.target[language], symbol: "diamond" as const, colour: COLOURS.vermillion }]
          : []),
      ],
      grade: joinGrades(indicators, language),
      notes: [
        ...(chart.from === undefined ? [] : [wording.fromText[language](timeInText(catalog, chart.from, language))]),
        ...indicatorNotes(catalog, chart, indicators, [...new Set(series.flatMap(missingTimes))], language),
      ],
      body: {
        width: CHART_WIDTH - END_ROOM,
        height: HEIGHT,
        encoding: {
          x: timeAxis(catalog, domain, language),
          y: {
            type: "quantitative",
            scale: { zero: chart.kind === "areas", nice: true },
            axis: { ...topTitle(unit.label), tickCount: 6 },
          },
        },
        layer: [
          ...(chart.kind === "areas" ? areaLayers(parts, unit) : lineLayers(parts, unit)),
          ...(targets.length === 0
            ? []
            : [
                {
                  data: {
                    values: distinct(
                      targets.map(({ due, threshold }) => ({ time: due, value: dataNumber(threshold * unit.factor) })),
                    ),
                  },
                  mark: {
                    type: "point",
                    shape: "diamond",
                    filled: true,
                    opacity: 1,
                    size: 80,
                    color: COLOURS.vermillion,
                    stroke: "white",
                  },
                  encoding: { x: { field: "time", type: "quantitative" }, y: { field: "value", type: "quantitative" } },
                } satisfies UnitSpec<string>,
              ]),
          ...timeStrips(partTips(chart, parts, unit, catalog, language), HEIGHT),
        ],
      },
    },
    input,
    language,
  );
}

function partsOf(chart: LinesRequest, input: ChartInput): Part[] {
  if (chart.indicators.length > CATEGORY_COLOURS.length) {
    throw new ChartError({
      code: "many-parts",
      chart: chart.name,
      parts: chart.indicators.length,
      most: CATEGORY_COLOURS.length,
    });
  }
  const parts = chart.indicators.map((name, index): Part => {
    const indicator = findIndicator(input.catalog, name);
    if (indicator.shape.length > 0)
      throw new ChartError({ code: "shape", chart: chart.name, indicator: name, needs: "none" });
    const whole = input.series({ scenario: chart.scenario, indicator: name, key: "" });
    const series = chart.from === undefined ? whole : seriesFrom(whole, chart.from);
    return { indicator, series, colour: CATEGORY_COLOURS[index]! };
  });
  const odd = parts.find(({ indicator }) => indicator.unit !== parts[0]!.indicator.unit);
  if (odd !== undefined) {
    throw new ChartError({
      code: "other-unit",
      chart: chart.name,
      indicator: odd.indicator.name,
      first: parts[0]!.indicator.name,
      with: "unit",
    });
  }
  return parts;
}

/** The rows from a time on. */
function seriesFrom(series: SummarySeries, from: number): SummarySeries {
  const first = Array.from(series.times).findIndex((time) => time >= from);
  const rest = (values: ArrayLike<number>) => Array.from(values).slice(first);
  const { times, n, mean, q2_5, q10, q25, q50, q75, q90, q97_5 } = series;
  const [a, b, c, d, e, f, g] = [q2_5, q10, q25, q50, q75, q90, q97_5].map(rest) as [
    number[],
    number[],
    number[],
    number[],
    number[],
    number[],
    number[],
  ];
  return {
    times: rest(times),
    n: rest(n),
    mean: rest(mean),
    q2_5: a,
    q10: b,
    q25: c,
    q50: d,
    q75: e,
    q90: f,
    q97_5: g,
  };
}

function totalOf(series: readonly SummarySeries[]): number {
  const [first] = series;
  return Math.max(
    ...Array.from(first!.times, (_, i) => series.reduce((sum, one) => sum + (finiteAt(one.mean, i) ?? 0), 0)),
  );
}

/** Bands, lines, and the last median of each, moved apart where they would touch. */
function lineLayers(parts: readonly Part[], unit: DisplayUnit): (LayerSpec<string> | UnitSpec<string>)[] {
  const rows = parts.map(({ series }) =>
    fanRows(series, unit.factor).map(({ time, q10, q50, q90 }) => ({ time, q10, q50, q90 })),
  );
  const x = { field: "time", type: "quantitative" } as const;
  const all = rows.flat();
  const span = Math.max(...all.map(({ q90 }) => q90)) - Math.min(...all.map(({ q10 }) => q10));
  const shifts = labelShifts(
    rows.map((path) => path.at(-1)?.q50 ?? 0),
    span,
  );
  return [
    ...parts.map(
      ({ colour }, index): UnitSpec<string> => ({
        data: { values: rows[index]! },
        mark: { type: "area", color: colour, opacity: 0.16 },
        encoding: { x, y: { field: "q10", type: "quantitative" }, y2: { field: "q90" } },
      }),
    ),
    ...parts.map(
      ({ colour }, index): UnitSpec<string> => ({
        data: { values: rows[index]! },
        mark: { type: "line", color: colour, strokeWidth: 2 },
        encoding: { x, y: { field: "q50", type: "quantitative" } },
      }),
    ),
    ...rows.flatMap((path, index): UnitSpec<string>[] => {
      const last = path.at(-1);
      if (last === undefined) return [];
      return [
        {
          data: { values: [{ time: last.time, q50: last.q50, label: formatNumber(last.q50, unit.decimals) }] },
          mark: { type: "text", align: "left", dx: 7, dy: shifts[index]!, fontWeight: "bold" },
          encoding: { x, y: { field: "q50", type: "quantitative" }, text: { field: "label", type: "nominal" } },
        },
      ];
    }),
  ];
}

/** What all parts are at each time, for the pointer. */
function partTips(
  { kind }: LinesRequest,
  parts: readonly Part[],
  unit: DisplayUnit,
  catalog: Catalog,
  language: Language,
): TimeTip[] {
  const times = Array.from(parts[0]!.series.times);
  return times.map((time, index) => {
    const values = parts.flatMap(({ indicator, series }) => {
      const value = finiteAt(kind === "areas" ? series.mean : series.q50, index);
      if (value === undefined) return [];
      return [`${indicator.title[language]} ${formatNumber(value * unit.factor, unit.decimals)}`];
    });
    return { time, tip: `${timeInText(catalog, time, language)}: ${values.join(wording.JOIN[language].clause)}` };
  });
}

/** How far each label moves down, in pixels, so that none is nearer to the next than a line of text. */
function labelShifts(values: readonly number[], span: number): number[] {
  const place = (value: number) => (span === 0 ? 0 : (-value / span) * HEIGHT * 0.85);
  const order = values.map((value, index) => ({ index, y: place(value) })).sort((a, b) => a.y - b.y);
  const shifts = values.map(() => 0);
  let last = Number.NEGATIVE_INFINITY;
  for (const { index, y } of order) {
    const at = Math.max(y, last + LABEL_STEP);
    shifts[index] = Math.round(at - y);
    last = at;
  }
  return shifts;
}

function areaLayers(parts: readonly Part[], unit: DisplayUnit): UnitSpec<string>[] {
  const values = parts.flatMap(({ indicator, series }, position) =>
    Array.from(series.times).flatMap((time, index) => {
      const mean = finiteAt(series.mean, index);
      return mean === undefined ? [] : [{ time, part: indicator.name, position, mean: dataNumber(mean * unit.factor) }];
    }),
  );
  return [
    {
      data: { values },
      mark: { type: "area", stroke: "white", strokeWidth: 0.5, opacity: 1 },
      encoding: {
        x: { field: "time", type: "quantitative" },
        y: { field: "mean", type: "quantitative", stack: "zero" },
        color: {
          field: "part",
          type: "nominal",
          legend: null,
          scale: { domain: parts.map(({ indicator }) => indicator.name), range: parts.map(({ colour }) => colour) },
        },
        order: { field: "position", type: "quantitative" },
      },
    },
  ];
}

function distinct<Row extends { readonly time: number; readonly value: number }>(rows: readonly Row[]): Row[] {
  return [...new Map(rows.map((row) => [`${row.time} ${row.value}`, row])).values()];
}
