/**
 * Reads the table that maps names of measured data to outputs of a model, and files of measurements.
 *
 * The map is `observations.csv` in the model's folder; a measured value is compared with indicator × weight × factor.
 */
import { nearestNames } from "../diagnostics/nearest.ts";
import type { SourceFile } from "../diagnostics/source.ts";
import type { Catalog, CatalogIndicator } from "../ensemble/catalog.ts";
import { type NamedRow, readNamedTable, type TableProblem } from "./named-table.ts";

/** A row of the map, for one place. */
export interface MappedOutput {
  readonly variable: string;
  readonly unit: string;
  /** Code of the place. */
  readonly area: string;
  /** Name in the map's column `area`: a code, or the dimension that the place is an element of. */
  readonly level: string;
  readonly indicator: string;
  readonly key: string;
  /** An indicator of the same shape that multiplies it, such as the total of which the indicator is a share. */
  readonly weight: string | null;
  /** Turns the model's number into the unit of the measured one. */
  readonly factor: number;
  /** Ceiling of the logistic curve, in the unit of the measured values; null for none. */
  readonly ceiling: number | null;
  readonly judgement: Judgement | null;
}

/** What counts as a good fit: the largest mean absolute error (`mae`, in the unit) or mean percentage error (`mape`). */
export interface Judgement {
  readonly metric: "mae" | "mape";
  readonly good: number;
  readonly acceptable: number;
}

export interface Observation {
  readonly output: MappedOutput;
  readonly time: number;
  readonly value: number;
}

/** Reads the map; what does not fit the model is a problem of its row. */
export function readObservationMap(
  file: SourceFile,
  catalog: Catalog,
): { items: MappedOutput[]; problems: TableProblem[] } {
  return readNamedTable(file, ["variable", "unit", "area", "indicator", "factor"], (row) => {
    const name = row.text("indicator");
    const indicator = catalog.indicators.find((i) => i.name === name);
    if (!indicator) {
      reportUnknown(
        row,
        ["indicator", "指标"],
        name,
        catalog.indicators.map((i) => i.name),
      );
      return [];
    }
    const factor = row.number("factor");
    if (factor === null) row.report("factor is empty", "factor 为空");
    const weight = readWeight(row, indicator, catalog);
    const shared = {
      variable: row.text("variable"),
      unit: row.text("unit"),
      level: row.text("area"),
      indicator: name,
      weight,
      factor: factor ?? Number.NaN,
      ceiling: row.number("ceiling"),
      judgement: readJudgement(row),
    };
    const places = placesOf(row, indicator, catalog);
    if (places.length === 0)
      row.report(
        `${name} has no element for area "${shared.level}" and key "${row.text("key")}"`,
        `${name} 没有与地区 "${shared.level}"、键 "${row.text("key")}" 对应的元素`,
      );
    return places.map((place) => ({ ...shared, ...place }));
  });
}

/** Rows that say nothing about the model, and why. */
export interface LeftOut {
  readonly en: string;
  readonly zh: string;
  rows: number;
}

/**
 * Reads measurements (columns adcode, year, variable, value, unit; others are ignored) of the outputs in the map.
 * @param times Times that a row may have; null for any.
 * @param leftOut Where rows are counted that a yearbook may hold beside what the map names: other variables, unless the name is near one that
 *   is known, known places for which a variable has no output, years before and after the run. Without it they are problems.
 */
export function readObservations(
  file: SourceFile,
  map: readonly MappedOutput[],
  times: readonly number[] | null,
  leftOut?: Map<string, LeftOut>,
): { items: Observation[]; problems: TableProblem[] } {
  const seen = new Set<string>();
  return readNamedTable(file, ["adcode", "year", "variable", "value", "unit"], (row) => {
    const other = leftOut && notInTheModel(row, map, times);
    if (other) {
      const counted = leftOut.get(other.en) ?? { ...other, rows: 0 };
      counted.rows++;
      leftOut.set(other.en, counted);
      return [];
    }
    const output = findOutput(row, map);
    const [time, value] = [row.number("year"), row.number("value")];
    if (time === null) row.report("year is empty", "year 为空");
    if (value === null) row.report("value is empty", "value 为空");
    if (times !== null && time !== null && Number.isFinite(time) && !times.includes(time))
      row.report(
        `year ${time} is not a save time of the results (${times[0]} to ${times.at(-1)})`,
        `结果中没有 ${time} 年（${times[0]} 至 ${times.at(-1)}）`,
      );
    if (!output || time === null || value === null) return [];
    const id = JSON.stringify([output.variable, output.area, time]);
    if (seen.has(id))
      row.report(
        `a second value of ${output.variable} in ${output.area}, ${time}`,
        `${output.area} ${time} 年的 ${output.variable} 重复`,
      );
    seen.add(id);
    return [{ output, time, value }];
  });
}

/** Why a row that is right in itself has nothing in the model to compare with; null if it has, or if it is wrong. */
function notInTheModel(row: NamedRow, map: readonly MappedOutput[], times: readonly number[] | null) {
  const [variable, area, year] = [row.text("variable"), row.text("adcode"), Number(row.text("year"))];
  const named = map.filter((o) => o.variable === variable);
  if (named.length === 0) {
    // `pop_resident_old` is another variable; `pop_residnt` is one that is written wrong.
    const near = nearestNames(variable, new Set(map.map((o) => o.variable)));
    const isNear = near.some((name) => !variable.startsWith(`${name}_`));
    return isNear ? null : { en: `${variable}: not in the map`, zh: `${variable}：对照表中没有` };
  }
  if (!named.some((o) => o.area === area) && map.some((o) => o.area === area))
    return { en: `${variable}: no output for these places`, zh: `${variable}：模型没有这些地区的输出` };
  if (times !== null && row.text("year") !== "" && (year < times[0]! || year > times.at(-1)!))
    return {
      en: `years outside the run (${times[0]} to ${times.at(-1)})`,
      zh: `模拟期（${times[0]} 至 ${times.at(-1)}）以外的年份`,
    };
  return null;
}

/** The output that a row measures; what is unknown is reported, the first of name, unit and place. */
function findOutput(row: NamedRow, map: readonly MappedOutput[]): MappedOutput | null {
  const [variable, unit, area] = [row.text("variable"), row.text("unit"), row.text("adcode")];
  const named = map.filter((o) => o.variable === variable);
  if (named.length === 0) {
    reportUnknown(
      row,
      ["variable", "变量"],
      variable,
      map.map((o) => o.variable),
    );
    return null;
  }
  const measured = named.filter((o) => o.unit === unit);
  if (measured.length === 0) {
    const units = [...new Set(named.map((o) => o.unit))].join(", ");
    row.report(
      `unknown unit of ${variable}: ${unit} (known: ${units})`,
      `${variable} 的单位未知：${unit}（已知：${units}）`,
    );
    return null;
  }
  const found = measured.find((o) => o.area === area);
  if (!found)
    reportUnknown(
      row,
      [`adcode of ${variable}`, `${variable} 的地区代码`],
      area,
      measured.map((o) => o.area),
    );
  return found ?? null;
}

function reportUnknown(
  row: NamedRow,
  [en, zh]: readonly [string, string],
  name: string,
  known: readonly string[],
): void {
  const names = [...new Set(known)];
  const near = nearestNames(name, names);
  const shown = near.length > 0 ? near : names.slice(0, 20);
  row.report(`unknown ${en}: ${name} (${shown.join(", ")})`, `未知的${zh}：${name}（${shown.join("、")}）`);
}

function readWeight(row: NamedRow, indicator: CatalogIndicator, catalog: Catalog): string | null {
  const weight = row.text("weight");
  if (weight === "") return null;
  const found = catalog.indicators.find((i) => i.name === weight);
  if (found?.shape.join() !== indicator.shape.join())
    row.report(
      `weight "${weight}" is not an indicator of the shape of ${indicator.name}`,
      `权重 "${weight}" 不是与 ${indicator.name} 同形状的指标`,
    );
  return weight;
}

function readJudgement(row: NamedRow): Judgement | null {
  const metric = row.text("metric");
  if (metric === "") return null;
  const [good, acceptable] = [row.number("good"), row.number("acceptable")];
  if ((metric !== "mae" && metric !== "mape") || good === null || acceptable === null) {
    row.report(
      "metric takes mae or mape, with good and acceptable beside it",
      "metric 应为 mae 或 mape，并给出 good 和 acceptable",
    );
    return null;
  }
  return { metric, good, acceptable };
}

/**
 * The places of a row. An area that is a dimension of the indicator stands for each of its elements that has a code; the key is the
 * element's name, or the column `key` with it in the place of `*`. Any other area is a code itself, with the key as it is written.
 */
function placesOf(row: NamedRow, indicator: CatalogIndicator, catalog: Catalog): { area: string; key: string }[] {
  const [area, pattern] = [row.text("area"), row.text("key")];
  const dimension = indicator.shape.includes(area) ? catalog.dimensions.find((d) => d.name === area) : undefined;
  const places = dimension
    ? dimension.elements.flatMap(({ name, code }) =>
        code === undefined ? [] : [{ area: code, key: (pattern || "*").replace("*", name) }],
      )
    : [{ area, key: pattern }];
  return places.filter(({ key }) => indicator.keys.includes(key));
}
