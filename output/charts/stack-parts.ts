/**
 * What a stack is made of: one part for each indicator, or, for an indicator with a second dimension (transfers by
 * prefecture and kind), one part for each element of it.
 */
import type { Catalog, CatalogChart, CatalogDimension, CatalogIndicator } from "../../engine/ensemble/catalog.ts";
import { findIndicator, type Language } from "./chart-input.ts";
import { ChartError } from "./chart-problem.ts";
import { CATEGORY_COLOURS } from "./style.ts";

export type StackedRequest = Extract<CatalogChart, { kind: "stacked" }>;

export interface StackPart {
  /** Unique within the chart. */
  readonly name: string;
  readonly title: string;
  readonly indicator: CatalogIndicator;
  /** Key of the cell that belongs to an element of the stack's dimension. */
  readonly keyOf: (element: string) => string;
}

export interface Stack {
  /** Dimension whose elements have a bar each. */
  readonly dimension: CatalogDimension;
  readonly parts: readonly StackPart[];
  readonly indicators: readonly CatalogIndicator[];
  readonly divisor: CatalogIndicator | undefined;
}

/** Resolves a request. @throws ChartError where the indicators do not fit together. */
export function resolveStack(chart: StackedRequest, catalog: Catalog, language: Language): Stack {
  const indicators = chart.indicators.map((name) => findIndicator(catalog, name));
  const divisor = chart.per === undefined ? undefined : findIndicator(catalog, chart.per);
  const [first] = indicators;
  if (first === undefined || chart.years.length === 0) {
    throw new ChartError({ code: "no-request", chart: chart.name });
  }
  const odd = indicators.find((one) => one.unit !== first.unit || one.reading !== first.reading);
  if (odd !== undefined) {
    throw new ChartError({
      code: "other-unit",
      chart: chart.name,
      indicator: odd.name,
      first: first.name,
      with: "unit-reading",
    });
  }
  const dimension = barDimension(chart, first, indicators, divisor, catalog);
  const parts = indicators.flatMap((indicator) => partsOf(chart, indicator, dimension, catalog, language));
  if (parts.length > CATEGORY_COLOURS.length) {
    throw new ChartError({ code: "many-parts", chart: chart.name, parts: parts.length, most: CATEGORY_COLOURS.length });
  }
  return { dimension, parts, indicators, divisor };
}

/** The dimension of the bars: that of the divisor or of an indicator with one dimension, else the outermost of the first. */
function barDimension(
  chart: StackedRequest,
  first: CatalogIndicator,
  indicators: readonly CatalogIndicator[],
  divisor: CatalogIndicator | undefined,
  catalog: Catalog,
): CatalogDimension {
  const all = divisor === undefined ? indicators : [divisor, ...indicators];
  const name = (all.find(({ shape }) => shape.length === 1) ?? first).shape[0];
  const dimension = catalog.dimensions.find((one) => one.name === name);
  const different = all.find((one) => !one.shape.includes(name ?? "") || one.shape.length > 2);
  if (dimension === undefined || different !== undefined || (divisor?.shape.length ?? 1) !== 1) {
    const culprit = (different ?? divisor ?? first).name;
    throw new ChartError({ code: "other-dimension", chart: chart.name, indicator: culprit, dimension: name });
  }
  return dimension;
}

function partsOf(
  chart: StackedRequest,
  indicator: CatalogIndicator,
  bars: CatalogDimension,
  catalog: Catalog,
  language: Language,
): StackPart[] {
  if (indicator.shape.length === 1) {
    return [{ name: indicator.name, title: indicator.title[language], indicator, keyOf: (element) => element }];
  }
  const barsFirst = indicator.shape[0] === bars.name;
  const kinds = catalog.dimensions.find(({ name }) => name === indicator.shape[barsFirst ? 1 : 0]);
  if (kinds === undefined || kinds === bars) {
    throw new ChartError({ code: "no-parts", chart: chart.name, indicator: indicator.name });
  }
  return kinds.elements.map(({ name, title }) => ({
    name: `${indicator.name}|${name}`,
    title: title[language],
    indicator,
    keyOf: (element) => (barsFirst ? `${element}|${name}` : `${name}|${element}`),
  }));
}
