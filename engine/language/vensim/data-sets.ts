/**
 * Data sets that come with a run: numbers over time for the variables that the model leaves without an equation. Read are `.dat`
 * text (a name, then lines of time and value) and tables as Vensim exports them, with times down the first column or along the
 * first row (Vensim reference manual, "Data formats"; "Export dataset").
 */

import type { DiagnosticList } from "../../diagnostics/diagnostic.ts";
import type { Span } from "../../diagnostics/source.ts";
import { foreignKey } from "../foreign/foreign-key.ts";
import { openTextTable, openWorkbook, textCell } from "../workbook/open-workbook.ts";
import { type Sheet, WorkbookFault } from "../workbook/sheet.ts";
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
export function readDataSets(files: readonly DataFile[], model: Span, diagnostics: DiagnosticList): DataSets {
  const series = new Map<string, Series>();
  for (const file of files) {
    for (const [name, list] of readFile(file, model, diagnostics)) series.set(name, sortedSeries(list));
  }
  return series;
}

/** The file by what it holds: a workbook (its first sheet is the table), `.dat` text, or a text table. */
function readFile({ path, bytes }: DataFile, model: Span, diagnostics: DiagnosticList): Points {
  try {
    const sheets = openWorkbook(bytes);
    const sheet = sheets?.sheet(sheets.sheetNames[0] ?? "");
    if (sheet) return readTable(sheet);
    const text = decodeVensim(bytes);
    return /\.dat$/i.test(path) ? readDat(text) : readTable(openTextTable(path, text, delimiterOf(text)));
  } catch (error) {
    if (!(error instanceof WorkbookFault)) throw error;
    diagnostics.add("external-data", model, { problem: error.problem, file: path, detail: error.detail });
    return new Map();
  }
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

/** What stands between the columns: judged by the first line. */
function delimiterOf(text: string): string {
  const end = text.indexOf("\n");
  const head = end < 0 ? text : text.slice(0, end);
  return head.includes("\t") ? "\t" : head.includes(",") ? "," : ";";
}

function readTable(sheet: Sheet): Points {
  const head = Array.from({ length: Math.max(0, sheet.columns - 1) }, (_, i) => sheet.cell(0, i + 1));
  const timesAcross = head.length > 0 && head.every((cell) => cell === null || typeof cell === "number");
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
