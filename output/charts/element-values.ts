/**
 * Values of an indicator with one dimension at chosen times, element by element, and what charts of places share.
 */
import type { CatalogDimension, CatalogIndicator } from "../../engine/ensemble/catalog.ts";
import { type ChartInput, findIndicator, finiteAt, type SummarySeries } from "./chart-input.ts";
import { ChartError } from "./chart-problem.ts";

/** Median and central 80 % band of one element at one time, in the model's unit. */
export interface ElementValue {
  readonly element: string;
  readonly time: number;
  readonly q10: number;
  readonly q50: number;
  readonly q90: number;
}

export interface ElementValues {
  readonly indicator: CatalogIndicator;
  readonly dimension: CatalogDimension;
  readonly series: ReadonlyMap<string, SummarySeries>;
  readonly values: readonly ElementValue[];
}

/** What a request about elements names. */
interface ElementRequest {
  readonly name: string;
  readonly indicator: string;
  readonly scenario: string;
}

/**
 * The series of all elements, and their values at `times`; elements without a value there are left out.
 *
 * @param reference with it, differences from that scenario instead of levels.
 * @throws ChartError unless the indicator has exactly one dimension.
 */
export function elementValues(
  chart: ElementRequest,
  input: ChartInput,
  times: readonly number[],
  reference?: string,
): ElementValues {
  const indicator = findIndicator(input.catalog, chart.indicator);
  const dimension = input.catalog.dimensions.find(({ name }) => name === indicator.shape[0]);
  if (indicator.shape.length !== 1 || dimension === undefined) {
    throw new ChartError({ code: "shape", chart: chart.name, indicator: indicator.name, needs: "one" });
  }
  const query = { scenario: chart.scenario, indicator: indicator.name, ...(reference !== undefined && { reference }) };
  const series = new Map(dimension.elements.map(({ name }) => [name, input.series({ ...query, key: name })]));
  const values = [...series].flatMap(([element, one]) => times.flatMap((time) => valueAt(one, element, time)));
  return { indicator, dimension, series, values };
}

function valueAt(series: SummarySeries, element: string, time: number): ElementValue[] {
  const position = Array.from(series.times).indexOf(time);
  const [q10, q50, q90] = [series.q10, series.q50, series.q90].map((values) => finiteAt(values, position));
  return q10 === undefined || q50 === undefined || q90 === undefined ? [] : [{ element, time, q10, q50, q90 }];
}

/** Median and 80 % band at one time of any series; `undefined` where no run has a value. */
export function bandAt(series: SummarySeries, time: number): Omit<ElementValue, "element"> | undefined {
  return valueAt(series, "", time)[0];
}

/** Titles of a dimension's elements by name. */
export function elementTitles(dimension: CatalogDimension, language: "en" | "zh"): Record<string, string> {
  return Object.fromEntries(dimension.elements.map(({ name, title }) => [name, title[language]]));
}
