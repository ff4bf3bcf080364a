/**
 * Data sets that come with a run: numbers over time for the variables that the model leaves without an equation. Read are `.dat`
 * text (a name, then lines of time and value) and tables as Vensim exports them, with times down the first column or along the
 * first row (Vensim reference manual, "Data formats"; "Export dataset").
 */

import { foreignKey } from "../foreign/foreign-key.ts";
import { openTextTable, textCell } from "../workbook/open-workbook.ts";
import type { Sheet } from "../workbook/sheet.ts";
import { decodeVensim } from "./decode-vensim.ts";
import type { Series } from "./external-data.ts";

export interface DataFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Series by name; the key of `a[B, C]` is `a[b,c]` with each part as `foreignKey` gives it. */
export type DataSets = ReadonlyMap<string, Series>;

/** The key of a variable's element among the series. */
export function seriesKey(name: string, elements: readonly string[]): string {
  return elements.length === 0 ? name : `${name}[${elements.join(",")}]`;
}

/** All series of the files; a name in a later file replaces that of an earlier one. Lines that are no data are left out. */
export function readDataSets(files: readonly DataFile[]): DataSets {
  const series = new Map<string, Series>();
  for (const file of files) {
    const text = decodeVensim(file.bytes);
    const points = /\.dat$/i.test(file.path) ? readDat(text) : readTable(file.path, text);
    for (const [name, list] of points) series.set(name, sortedSeries(list));
  }
  return series;
}

type Points = Map<string, [time: number, value: number][]>;

function readDat(text: string): Points {
  const points: Points = new Map();
  let current: [number, number][] | null = null;
  for (const line of text.split("\n")) {
    const [first, second] = line.split("\t");
    const time = textCell(first ?? "");
    const value = textCell(second ?? "");
    if (typeof time === "number" && typeof value === "number") current?.push([time, value]);
    else if (line.trim() !== "" && second === undefined) {
      current = [];
      points.set(nameKey(line), current);
    }
  }
  return points;
}

function readTable(path: string, text: string): Points {
  const head = text.slice(0, Math.max(0, text.indexOf("\n")));
  const sheet = openTextTable(path, text, head.includes("\t") ? "\t" : head.includes(",") ? "," : ";");
  const numbered = Array.from({ length: sheet.columns - 1 }, (_, i) => sheet.cell(0, i + 1));
  const timesAcross = numbered.length > 0 && numbered.every((cell) => cell === null || typeof cell === "number");
  return timesAcross ? readAcross(sheet) : readDown(sheet);
}

function readDown(sheet: Sheet): Points {
  const points: Points = new Map();
  for (let column = 1; column < sheet.columns; column++) {
    const name = sheet.cell(0, column);
    if (name === null) continue;
    const list: [number, number][] = [];
    for (let row = 1; row < sheet.rows; row++) {
      const [time, value] = [sheet.cell(row, 0), sheet.cell(row, column)];
      if (typeof time === "number" && typeof value === "number") list.push([time, value]);
    }
    points.set(nameKey(String(name)), list);
  }
  return points;
}

function readAcross(sheet: Sheet): Points {
  const points: Points = new Map();
  for (let row = 1; row < sheet.rows; row++) {
    const name = sheet.cell(row, 0);
    if (name === null) continue;
    const list: [number, number][] = [];
    for (let column = 1; column < sheet.columns; column++) {
      const [time, value] = [sheet.cell(0, column), sheet.cell(row, column)];
      if (typeof time === "number" && typeof value === "number") list.push([time, value]);
    }
    points.set(nameKey(String(name)), list);
  }
  return points;
}

/** Of two values at one time the later line holds. */
function sortedSeries(points: readonly [number, number][]): Series {
  const byTime = new Map(points);
  const times = [...byTime.keys()].sort((a, b) => a - b);
  return { times, values: times.map((time) => byTime.get(time)!) };
}

/** `Name[A, B]` as a data set writes it, to the key of the series. */
function nameKey(text: string): string {
  const trimmed = text.trim();
  const bare = trimmed.startsWith('"') && trimmed.endsWith('"') ? trimmed.slice(1, -1) : trimmed;
  const open = bare.endsWith("]") ? bare.lastIndexOf("[") : -1;
  if (open < 0) return foreignKey(bare);
  const elements = bare.slice(open + 1, -1).split(",");
  return seriesKey(
    foreignKey(bare.slice(0, open).trim()),
    elements.map((element) => foreignKey(element.trim())),
  );
}
