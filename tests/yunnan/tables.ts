/** Reading and writing of the tidy CSV files of the Yunnan model, for the scripts that derive data. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "csv-parse/sync";

export const DATA = fileURLToPath(new URL("../../scenarios/yunnan/data/", import.meta.url));

export type Row = Readonly<Record<string, string>>;

/** A function of nothing, computed once. */
export function once<T>(compute: () => T): () => T {
  let held: { readonly value: T } | undefined;
  return () => {
    held ??= { value: compute() };
    return held.value;
  };
}

const tables = new Map<string, readonly Row[]>();

/** All rows of a data file, as texts by column name; a file is read once. */
export function readTable(file: string): readonly Row[] {
  const found =
    tables.get(file) ?? (parse(readFileSync(`${DATA}${file}`, "utf8"), { columns: true, bom: true }) as Row[]);
  tables.set(file, found);
  return found;
}

/** The number in a column; an error names the cell when it holds none. */
export function numberOf(row: Row, column: string): number {
  const text = row[column];
  const value = text === undefined || text.trim() === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(value)) throw new Error(`no number in column ${column}: ${JSON.stringify(row)}`);
  return value;
}

/** The value of a key that must be present. */
export function need<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key);
  if (value === undefined) throw new Error(`nothing for ${String(key)}`);
  return value;
}

/** The element of a list that must be present. */
export function at<T>(list: readonly T[], index: number): T {
  const value = list[index];
  if (value === undefined) throw new Error(`nothing at ${index}`);
  return value;
}

/** The 16 prefecture codes in official order. */
export const PREFECTURES: readonly string[] = readTable("prefectures.csv").map((row) => row.adcode ?? "");

/** Values of one variable of a tidy file by prefecture; `year` narrows where the file has several. */
export function byPrefecture(file: string, variable: string, year?: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const row of readTable(file)) {
    if (row.variable !== variable || (year !== undefined && row.year !== year)) continue;
    const code = row.adcode ?? "";
    if (PREFECTURES.includes(code)) found.set(code, numberOf(row, "value"));
  }
  return found;
}

/** One column of the table of starting values by prefecture. */
export function starting(column: string): ReadonlyMap<string, number> {
  return new Map(readTable("starting_values_2020.csv").map((row) => [row.adcode ?? "", numberOf(row, column)]));
}

export interface Derived {
  readonly key: Readonly<Record<string, string>>;
  readonly variable: string;
  readonly value: number;
  readonly unit: string;
  readonly grade: string;
  readonly source: string;
  readonly note: string;
}

/** Text of a derived file: key columns, then variable, value, unit, grade, source_id, note. Values carry nine significant digits. */
export function tableText(keys: readonly string[], rows: readonly Derived[]): string {
  const lines = [[...keys, "variable", "value", "unit", "grade", "source_id", "note"].join(",")];
  for (const row of rows) {
    const cells = keys.map((key) => row.key[key] ?? "");
    const note = /[",]/.test(row.note) ? `"${row.note.replaceAll('"', '""')}"` : row.note;
    const value = String(Number(row.value.toPrecision(9)));
    lines.push([...cells, row.variable, value, row.unit, row.grade, row.source, note].join(","));
  }
  return `${lines.join("\n")}\n`;
}

export function sumOf(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
