/** The tables of a batch as a workbook (.xlsx): numbers as numbers, in the units of the charts. */
import writeExcelFile, { type Sheet, type SheetData } from "write-excel-file/node";
import { type ChartInput, type Language, scenarioTitle } from "../charts/chart-input.ts";
import { indicatorUnit } from "../charts/display-unit.ts";
import { bandAt } from "../charts/element-values.ts";
import { largestOf } from "../charts/fan-layers.ts";
import * as wording from "../charts/wording.ts";
import { planAverages, planPeriods, targetGaps, winners } from "./desk-tables.ts";
import { DESK, planName } from "./desk-wording.ts";

/** A number that is shown with so many decimals; the cell holds all of them. */
interface Shown {
  readonly number: number;
  readonly decimals: number;
}

type Value = string | number | Shown | null;

const shown = (number: number, decimals: number): Shown => ({ number, decimals });

/** Writes the workbook to `path`. */
export async function writeTablesBook(input: ChartInput, language: Language, path: string): Promise<void> {
  const sheets = [
    sheet(DESK.sheetFacts[language], facts(input, language)),
    sheet(DESK.sheetFigures[language], figures(input, language)),
    sheet(DESK.sheetGaps[language], gaps(input, language)),
    sheet(DESK.sheetPlans[language], plans(input, language)),
    sheet(DESK.sheetPlaces[language], places(input, language)),
  ];
  await writeExcelFile(sheets).toFile(path);
}

/** A sheet whose first row is a heading that stays in sight. */
function sheet(name: string, rows: readonly (readonly Value[])[]): Sheet<never> {
  const data: SheetData = rows.map((row, index) =>
    row.map((value) => {
      if (value === null) return null;
      if (typeof value === "number") return { value, type: Number };
      if (typeof value === "object") return { value: value.number, type: Number, format: formatOf(value) };
      return index === 0 ? { value, type: String, fontWeight: "bold" as const } : { value, type: String };
    }),
  );
  const columns = rows[0]!.map((_, column) => ({
    width: Math.min(60, Math.max(...rows.slice(0, 200).map((row) => textLength(row[column] ?? ""))) + 2),
  }));
  return { data, sheet: name, columns, stickyRowsCount: 1 };
}

/** The number format of spreadsheets: groups of three digits, and the decimals (ECMA-376, part 1, 18.8.31). */
function formatOf({ decimals }: Shown): string {
  return decimals === 0 ? "#,##0" : `#,##0.${"0".repeat(decimals)}`;
}

function textLength(value: Value): number {
  if (typeof value === "number" || typeof value === "object") return 12;
  return [...(value ?? "")].reduce((sum, character) => sum + (character > "\u2e80" ? 2 : 1), 0);
}

function facts(input: ChartInput, language: Language): Value[][] {
  const { catalog, facts: run } = input;
  const words = wording.PROVENANCE_WORDS;
  return [
    [wording.WORDS.notForecast[language], null],
    [words.model[language], catalog.model.title[language]],
    [words.hash[language], catalog.model.hash],
    [words.run[language], run.run],
    [words.seed[language], run.seed],
    [words.draws[language], run.draws],
    [words.failed[language], run.failedShare],
    [words.command[language], run.command],
  ];
}

function figures(input: ChartInput, language: Language): Value[][] {
  const { catalog } = input;
  const heads = [
    DESK.indicator,
    DESK.scenario,
    DESK.unit,
    DESK.year,
    DESK.low,
    DESK.median,
    DESK.high,
    DESK.grade,
    DESK.source,
  ];
  const rows = catalog.indicators
    .filter(({ shape }) => shape.length === 0)
    .flatMap((indicator) =>
      catalog.scenarios.flatMap(({ name, title }) => {
        const series = input.series({ scenario: name, indicator: indicator.name, key: "" });
        const unit = indicatorUnit(indicator, catalog.time.unit, largestOf([series]), language);
        return catalog.saveTimes.map((time): Value[] => {
          const band = bandAt(series, time);
          const numbers =
            band === undefined
              ? [null, null, null]
              : [band.q10, band.q50, band.q90].map((q) => shown(q * unit.factor, unit.decimals));
          const named = [indicator.title[language], title[language], unit.label, time];
          return [...named, ...numbers, indicator.grade ?? null, indicator.source ?? null];
        });
      }),
    );
  return [heads.map((head) => head[language]), ...rows];
}

function gaps(input: ChartInput, language: Language): Value[][] {
  const heads = [
    DESK.target,
    DESK.scenario,
    DESK.unit,
    DESK.due,
    DESK.threshold,
    DESK.start,
    DESK.projected,
    DESK.gap,
    DESK.required,
    DESK.pace,
    DESK.share,
  ];
  const rows = targetGaps(input, language).map((gap): Value[] => [
    gap.target.title[language],
    scenarioTitle(input.catalog, gap.scenario)[language],
    gap.unit.label,
    gap.target.due,
    ...[gap.threshold, gap.start, gap.projected, gap.gap].map((number) => shown(number, gap.unit.decimals)),
    ...[gap.required, gap.pace].map((number) => shown(number, gap.unit.decimals + 1)),
    shown(100 * gap.share, 0),
  ]);
  return [heads.map((head) => head[language]), ...rows];
}

function plans(input: ChartInput, language: Language): Value[][] {
  const periods = planPeriods(input.catalog);
  const heads = [DESK.indicator, DESK.scenario, DESK.unit].map((head) => head[language]);
  const rows = planAverages(input, language).map(({ indicator, scenario, unit, averages }): Value[] => [
    indicator.title[language],
    scenarioTitle(input.catalog, scenario)[language],
    unit.label,
    ...averages.map((number) => (number === null ? null : shown(number, unit.decimals))),
  ]);
  return [[...heads, ...periods.map(({ number, first, last }) => planName[language](number, first, last))], ...rows];
}

function places(input: ChartInput, language: Language): Value[][] {
  const heads = [
    DESK.place,
    DESK.scenario,
    DESK.unit,
    DESK.reference,
    DESK.difference,
    DESK.low,
    DESK.high,
    DESK.above,
  ];
  const rows = winners(input, language).map((row): Value[] => [
    row.title,
    scenarioTitle(input.catalog, row.scenario)[language],
    row.unit.label,
    shown(row.reference, row.unit.decimals),
    ...[row.difference, row.low, row.high].map((number) => shown(number, row.unit.decimals + 1)),
    row.above === undefined ? null : shown(row.above, 2),
  ]);
  return [heads.map((head) => head[language]), ...rows];
}
