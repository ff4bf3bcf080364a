/**
 * Waterfalls: how parts add up to a whole, step by step, one panel an element in the layout of the dimension.
 *
 * Steps are means over the runs, because means of the parts add up to the mean of the whole.
 */
import type { TopLevelSpec } from "vega-lite";
import type { NonNormalizedSpec } from "vega-lite/types_unstable/spec/index.js";
import type { CatalogChart } from "../../engine/ensemble/catalog.ts";
import { type CellMeans, cellMeans } from "./cell-means.ts";
import type { ChartInput, Language } from "./chart-input.ts";
import { type DisplayUnit, formatNumber, indicatorUnit } from "./display-unit.ts";
import { dataNumber, runRange } from "./fan-layers.ts";
import { frameChart } from "./frame.ts";
import { TIP } from "./hover.ts";
import { arrangePanels, blankPanel, type Panel, panelFacet } from "./panels.ts";
import { resolveStack, type Stack } from "./stack-parts.ts";
import { CATEGORY_COLOURS, CHART_WIDTH, COLOURS } from "./style.ts";
import { capitalised, indicatorNotes, joinGrades, measureLine, runCount } from "./subtitle.ts";
import * as wording from "./wording.ts";

type WaterfallRequest = Extract<CatalogChart, { kind: "waterfall" }>;

const PANEL_GAP = 16;
const PANEL_HEIGHT = 100;

interface Step {
  readonly panel: number;
  readonly step: number;
  readonly from: number;
  readonly to: number;
  readonly isTotal: boolean;
  readonly tip: string;
  readonly label?: string;
}

type PanelRow = Step | { readonly panel: number; readonly blank: true };

export function waterfallChart(chart: WaterfallRequest, input: ChartInput, language: Language): TopLevelSpec {
  const { catalog } = input;
  const stack = resolveStack({ ...chart, kind: "stacked" }, catalog, language);
  const time = chart.years.at(-1)!;
  const means = cellMeans(chart, input);
  const amounts = amountsOf(stack, means, time);
  const largest = Math.max(
    ...[...amounts.values()].map((parts) => parts.reduce((sum, part) => sum + Math.max(0, part), 0)),
  );
  const first = stack.indicators[0]!;
  const shownUnit = stack.divisor === undefined ? first.unit : `${first.unit}/${stack.divisor.unit}`;
  const unit = indicatorUnit({ ...first, unit: shownUnit }, catalog.time.unit, largest, language);
  const { panels, columns } = arrangePanels(stack.dimension, language);
  const names = [...stack.parts.map(({ title }) => title), wording.WORDS.sum[language]];
  const rows = panels.flatMap(({ element, title }, panel): PanelRow[] => {
    const parts = amounts.get(element);
    if (parts === undefined) return [{ panel, blank: true }];
    const tipOf = (step: number, value: number) =>
      `${title}: ${names[step]} ${formatNumber(value, unit.decimals)} ${unit.label}`;
    return stepsOf(panel, parts, unit, tipOf);
  });
  const colours = [...CATEGORY_COLOURS.slice(0, stack.parts.length), COLOURS.muted];
  const { clause } = wording.JOIN[language];
  return frameChart(
    {
      heading:
        chart.title?.[language] ??
        stack.indicators.map(({ title }) => title[language]).join(wording.JOIN[language].list),
      subtitle: [
        measureLine({ catalog, indicator: first, unit, language, scenario: chart.scenario, time }),
        capitalised(wording.stackedText[language]()) + clause + runCount(runRange(means.read), language),
        wording.waterfallText[language](),
        ...(stack.divisor === undefined ? [] : [wording.perHeadText[language](stack.divisor.title[language])]),
      ],
      legend: [
        ...stack.parts.map(({ title }, index) => ({
          label: title,
          symbol: "square" as const,
          colour: colours[index]!,
        })),
        { label: wording.WORDS.sum[language], symbol: "square" as const, colour: COLOURS.muted },
      ],
      grade: joinGrades(
        stack.divisor === undefined ? stack.indicators : [...stack.indicators, stack.divisor],
        language,
      ),
      notes: indicatorNotes(catalog, chart, stack.indicators, [], language),
      body: stepsView(panels, columns, rows, colours, dataNumber(largest * unit.factor * 1.12)),
    },
    input,
    language,
  );
}

/** Steps from left to right, in one panel an element; `colours` are those of the steps, `highest` ends the common scale. */
function stepsView(
  panels: readonly Panel[],
  columns: number,
  rows: readonly PanelRow[],
  colours: readonly string[],
  highest: number,
): NonNormalizedSpec {
  const steps = colours.map((_, step) => step);
  const width = Math.floor((CHART_WIDTH + 10 - (columns - 1) * PANEL_GAP) / columns);
  return {
    data: { values: [...rows] },
    columns,
    spacing: PANEL_GAP,
    facet: panelFacet(panels),
    spec: {
      width,
      height: PANEL_HEIGHT,
      encoding: {
        x: {
          field: "step",
          type: "ordinal",
          scale: { domain: steps, paddingInner: 0.15 },
          axis: null,
        },
      },
      layer: [
        {
          transform: [{ filter: "isValid(datum.to)" }],
          mark: { type: "bar", aria: true },
          encoding: {
            ...TIP,
            y: {
              field: "from",
              type: "quantitative",
              scale: { zero: true, nice: true, domainMax: highest },
              axis: { title: null, tickCount: 4 },
            },
            y2: { field: "to" },
            color: {
              field: "step",
              type: "ordinal",
              legend: null,
              scale: { domain: steps, range: [...colours] },
            },
          },
        },
        {
          transform: [{ filter: "isValid(datum.label)" }],
          mark: {
            type: "text",
            baseline: "bottom",
            align: "right",
            dy: -2,
            dx: 8,
            fontSize: 9.5,
            fontWeight: "bold",
          },
          encoding: { y: { field: "to", type: "quantitative" }, text: { field: "label", type: "nominal" } },
        },
        blankPanel(width, PANEL_HEIGHT),
      ],
    },
  };
}

/** Means of the parts of each element, divided by the divisor where there is one. */
function amountsOf({ dimension, parts, divisor }: Stack, { meanAt }: CellMeans, time: number): Map<string, number[]> {
  return new Map(
    dimension.elements.map(({ name }) => {
      const heads = divisor === undefined ? 1 : meanAt(divisor.name, name, time);
      return [name, parts.map(({ indicator, keyOf }) => meanAt(indicator.name, keyOf(name), time) / heads)];
    }),
  );
}

/** One bar a part from where the last one ended, then the whole from zero. */
function stepsOf(
  panel: number,
  parts: readonly number[],
  { factor, decimals }: DisplayUnit,
  tipOf: (step: number, value: number) => string,
): Step[] {
  let level = 0;
  const steps = parts.map((part, step): Step => {
    const from = level;
    level += part * factor;
    const tip = tipOf(step, part * factor);
    return { panel, step, from: dataNumber(from), to: dataNumber(level), isTotal: false, tip };
  });
  const step = parts.length;
  const label = formatNumber(level, decimals);
  return [...steps, { panel, step, from: 0, to: dataNumber(level), isTotal: true, label, tip: tipOf(step, level) }];
}
