/**
 * The summaries of a results folder in the long format of the Integrated Assessment Modeling Consortium (columns model, scenario, region, variable,
 * unit, year, value; read by pyam), with lists of its regions and variables in the form of the `nomenclature` package.
 *
 * Elements of one dimension are regions, the whole is another. A variable is an indicator's English title, followed by the titles of its other
 * elements and by the statistic, with `|` between them. A scalar indicator that is the sum over the regions of another one, in every
 * scenario and year, is that variable in the region of the whole: then the regions add up to it.
 */
import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { stringify } from "yaml";
import { STANDARD_QUANTILES } from "../../engine/ensemble/band-presets.ts";
import type { Catalog, CatalogIndicator } from "../../engine/ensemble/catalog.ts";
import type { FileOutput } from "../results/file-output.ts";
import type { Results, SummarySeries } from "../results/open-results.ts";
import { csvLine } from "./csv.ts";
import { newFile } from "./export-results.ts";

export interface IamcOptions {
  /** Dimension whose elements are regions; default: the first one with codes or a layout, else the first. Null if there is none. */
  readonly regions?: string;
  /** Name of the whole; default the model's name. */
  readonly whole?: string;
}

export interface IamcExport {
  readonly files: readonly string[];
  readonly rows: number;
  /** Save times that are no whole years and are left out. */
  readonly omittedTimes: readonly number[];
  /** Indicators over the regions that have a sum among the scalar ones, and its name. */
  readonly sums: readonly { readonly indicator: string; readonly sum: string }[];
}

/** What a statistic is called in a variable, and its values. */
type Statistic = readonly [name: string, of: (series: SummarySeries) => Float64Array];

/** Mean and quantiles that are always written. */
const PERCENTS: readonly number[] = [10, 50, 90];
/** Numbers of rows that are written at once. */
const CHUNK = 4096;

/** The mean, the median and the 10 and 90 % quantiles, and those that were asked for beyond the standard ones. */
function statisticsOf({ quantiles }: Catalog): Statistic[] {
  const percents = quantiles.filter((p) => PERCENTS.includes(p) || !STANDARD_QUANTILES.includes(p));
  return [
    ["Mean", (series) => series.mean],
    ...percents.map((p): Statistic => [percentName(p), (series) => series.quantile(p)!]),
  ];
}

function percentName(percent: number): string {
  if (percent === 50) return "Median";
  if (percent === 0) return "Minimum";
  if (percent === 100) return "Maximum";
  const [last, beforeLast] = [percent % 10, Math.floor((percent % 100) / 10)];
  const ending = beforeLast === 1 ? "th" : last === 1 ? "st" : last === 2 ? "nd" : last === 3 ? "rd" : "th";
  return `${percent}${ending} Percentile`;
}

/** How far a sum may be from its parts: rounding of means over draws. */
const SUM_TOLERANCE = 1e-9;

/**
 * Writes `data.csv`, `definitions/region/regions.yaml` and `definitions/variable/variables.yaml` into a folder.
 * @throws ResultsError if a file exists or the disk does not take it.
 */
export function exportIamc(results: Results, out: string, options: IamcOptions = {}): IamcExport {
  const { catalog } = results;
  const table = new IamcTable(results, regionDimension(catalog, options.regions), options.whole ?? catalog.model.name);
  const rows = writeRows(newFile(join(resolve(out), "data.csv")), table.rows());
  const lists = {
    "definitions/region/regions.yaml": stringify(table.regionList()),
    "definitions/variable/variables.yaml": stringify(table.variableList()),
  };
  for (const [name, text] of Object.entries(lists)) {
    const file = newFile(join(resolve(out), name));
    file.write(new TextEncoder().encode(text));
    file.close();
  }
  const omittedTimes = catalog.saveTimes.filter((time) => !Number.isInteger(time));
  return { files: ["data.csv", ...Object.keys(lists)], rows, omittedTimes, sums: table.sums };
}

/** Writes a header and the rows, in pieces; returns how many rows there are. */
function writeRows(file: FileOutput, rows: Iterable<readonly (string | number)[]>): number {
  const write = (lines: readonly string[]) => file.write(new TextEncoder().encode(lines.join("")));
  let lines = [`\ufeff${csvLine(["model", "scenario", "region", "variable", "unit", "year", "value"])}`];
  let count = 0;
  try {
    for (const row of rows) {
      lines.push(csvLine(row));
      count += 1;
      if (lines.length < CHUNK) continue;
      write(lines);
      lines = [];
    }
    write(lines);
    file.close();
  } catch (thrown) {
    file.release();
    rmSync(file.path);
    throw thrown;
  }
  return count;
}

/** The dimension whose elements are regions. */
function regionDimension(catalog: Catalog, name: string | undefined): Catalog["dimensions"][number] | undefined {
  if (name !== undefined) return catalog.dimensions.find((dimension) => dimension.name === name);
  const isPlace = (dimension: Catalog["dimensions"][number]) =>
    dimension.layout !== undefined || dimension.elements.some((element) => element.code !== undefined);
  return catalog.dimensions.find(isPlace) ?? catalog.dimensions[0];
}

class IamcTable {
  readonly sums: { readonly indicator: string; readonly sum: string }[];
  readonly #results: Results;
  readonly #catalog: Catalog;
  readonly #dimension: Catalog["dimensions"][number] | undefined;
  readonly #whole: string;
  readonly #units = new Map<string, string>();

  constructor(results: Results, dimension: Catalog["dimensions"][number] | undefined, whole: string) {
    this.#results = results;
    this.#catalog = results.catalog;
    this.#dimension = dimension;
    this.#whole = whole;
    const { indicators } = this.#catalog;
    const scalars = indicators.filter((indicator) => indicator.shape.length === 0);
    this.sums = indicators
      .filter((indicator) => indicator.shape.length === 1 && indicator.shape[0] === dimension?.name)
      .flatMap((indicator) => {
        const sum = scalars.find((scalar) => this.#isSum(scalar, indicator));
        return sum ? [{ indicator: indicator.name, sum: sum.name }] : [];
      });
  }

  /** Rows in the order of scenario, indicator, element, statistic, year. */
  *rows(): Iterable<(string | number)[]> {
    const { model, scenarios, indicators } = this.#catalog;
    const statistics = statisticsOf(this.#catalog);
    for (const scenario of scenarios) {
      for (const indicator of indicators) {
        for (const key of indicator.keys) {
          const series = this.#series(scenario.name, indicator.name, key);
          const { region, variable } = this.#place(indicator, key);
          for (const [statistic, of] of statistics) {
            const values = of(series);
            const name = `${variable}|${statistic}`;
            this.#units.set(name, indicator.unit);
            for (const [i, time] of series.times.entries()) {
              const value = values[i]!;
              if (!Number.isInteger(time) || Number.isNaN(value)) continue;
              yield [model.name, scenario.name, region, name, indicator.unit, time, value];
            }
          }
        }
      }
    }
  }

  regionList(): object[] {
    const { dimensions, model } = this.#catalog;
    const parts = dimensions.find((dimension) => dimension === this.#dimension)?.elements ?? [];
    return [
      { whole: [{ [this.#whole]: { description: model.title.en } }] },
      {
        parts: parts.map(({ name, title, code }) => ({
          [name]: { description: title.en, chinese: title.zh, ...(code !== undefined && { code }) },
        })),
      },
    ];
  }

  /** Variables of all rows; complete once the rows have been made. */
  variableList(): object[] {
    return [...this.#units].map(([name, unit]) => ({ [name]: { unit } }));
  }

  #series(scenario: string, indicator: string, key: string): SummarySeries {
    return this.#results.series({ scenario, indicator, key });
  }

  /** Region and variable of an indicator's element. */
  #place(indicator: CatalogIndicator, key: string): { region: string; variable: string } {
    const parts = key === "" ? [] : key.split("|");
    const at = this.#dimension ? indicator.shape.indexOf(this.#dimension.name) : -1;
    const others = parts.flatMap((part, i) => (i === at ? [] : [this.#elementTitle(indicator.shape[i]!, part)]));
    const sum = this.sums.find((found) => found.sum === indicator.name);
    const named = sum ? this.#catalog.indicators.find((other) => other.name === sum.indicator)! : indicator;
    return { region: at < 0 ? this.#whole : parts[at]!, variable: [named.title.en, ...others].join("|") };
  }

  #elementTitle(dimension: string, element: string): string {
    const { elements } = this.#catalog.dimensions.find((candidate) => candidate.name === dimension)!;
    return elements.find((candidate) => candidate.name === element)!.title.en;
  }

  /** Whether the means of a scalar indicator are the sums of those of the regions, in every scenario and year. */
  #isSum(scalar: CatalogIndicator, indicator: CatalogIndicator): boolean {
    if (scalar.unit !== indicator.unit || scalar.reading !== indicator.reading) return false;
    return this.#catalog.scenarios.every(({ name }) => {
      const whole = this.#series(name, scalar.name, "").mean;
      const parts = indicator.keys.map((key) => this.#series(name, indicator.name, key).mean);
      return whole.every((value, time) => {
        const sum = parts.reduce((total, part) => total + part[time]!, 0);
        return Number.isNaN(value) || Math.abs(sum - value) <= SUM_TOLERANCE * Math.abs(value);
      });
    });
  }
}
