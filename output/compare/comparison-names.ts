/** What a comparison is of, in words and numbers for readers. */
import type { CatalogIndicator } from "../../engine/ensemble/catalog.ts";
import { type ChartInput, cellTitle, findIndicator, type Language, scenarioTitle } from "../charts/chart-input.ts";
import {
  type DisplayUnit,
  differenceDecimals,
  formatDifference,
  formatNumber,
  indicatorUnit,
} from "../charts/display-unit.ts";
import { timeText } from "../charts/time-axis.ts";
import * as wording from "../charts/wording.ts";
import type { CellDifference, Comparison } from "./compare-results.ts";

/** Both sides: two scenarios of one input, or two batches, each with its own. */
export interface ComparedSides {
  /** Names as they were asked for: scenarios, or folders. */
  readonly a: string;
  readonly b: string;
  readonly inputA: ChartInput;
  readonly inputB: ChartInput;
}

/** Titles of the sides: of scenarios their titles, of batches their folders. */
export function sideTitles({ kind }: Comparison, { a, b, inputA }: ComparedSides, language: Language) {
  const titleOf = (name: string) => (kind === "scenarios" ? scenarioTitle(inputA.catalog, name)[language] : name);
  return [titleOf(a), titleOf(b)] as const;
}

/** Input that has the indicator of a cell. */
function inputOf({ indicator, problem }: CellDifference, { inputA, inputB }: ComparedSides): ChartInput {
  if (problem === "only in B") return inputB;
  return inputA.catalog.indicators.some(({ name }) => name === indicator) ? inputA : inputB;
}

/** `Urbanization rate, Kunming, 2035`; of batches with the scenario. */
export function cellName(cell: CellDifference, { kind }: Comparison, sides: ComparedSides, language: Language): string {
  const { catalog } = inputOf(cell, sides);
  const title = cellTitle(catalog, findIndicator(catalog, cell.indicator), cell.key, language);
  const scenario = catalog.scenarios.find(({ name }) => name === cell.scenario)?.title[language] ?? cell.scenario;
  return [title, ...(kind === "batches" ? [scenario] : []), timeText(cell.time)].join(wording.JOIN[language].comma);
}

export interface CellTexts {
  readonly a: string;
  readonly b: string;
  readonly difference: string;
  readonly error: string;
  readonly unit: DisplayUnit;
}

/** The numbers of a cell in display units. */
export function cellTexts(cell: CellDifference, sides: ComparedSides, language: Language): CellTexts {
  const { catalog } = inputOf(cell, sides);
  const indicator: CatalogIndicator = findIndicator(catalog, cell.indicator);
  const largest = Math.max(Math.abs(cell.a ?? 0), Math.abs(cell.b ?? 0));
  const unit = indicatorUnit(indicator, catalog.time.unit, largest, language);
  const decimals = differenceDecimals(unit, Math.abs(cell.difference ?? 0) * unit.factor);
  const shown = (value: number | null, format: (value: number) => string) =>
    value === null ? "–" : format(value * unit.factor);
  return {
    a: shown(cell.a, (value) => formatNumber(value, unit.decimals)),
    b: shown(cell.b, (value) => formatNumber(value, unit.decimals)),
    difference: shown(cell.difference, (value) => formatDifference(value, decimals)),
    error: shown(cell.error, (value) => formatNumber(value, decimals + 1)),
    unit,
  };
}
