/**
 * Cells and named areas of an `.xls` workbook (Microsoft, MS-XLS: BIFF8 records in the stream "Workbook"). Read are numbers, texts
 * and stored results of formulas, sheet names, and names defined as one area; nothing else of the format bears on numbers.
 */
import { type BiffRecord, BiffText, biffRecords, MAX_RECORD_TEXTS } from "./biff-records.ts";
import { compoundStream } from "./compound-file.ts";
import { type Area, Sheet, type Workbook, WorkbookFault, workbookOf } from "./sheet.ts";

/** Record types, by the names of MS-XLS 2.3. */
const BOF = 0x0809;
const FILE_PASS = 0x002f;
const BOUND_SHEET = 0x0085;
const SHARED_STRINGS = 0x00fc;
const NAME = 0x0018;
const EXTERNAL_SHEETS = 0x0017;
const LABEL_SHARED = 0x00fd;
const LABEL = 0x0204;
const NUMBER = 0x0203;
const RK = 0x027e;
const MANY_RK = 0x00bd;
const FORMULA = 0x0006;
const STRING = 0x0207;
const BOOLEAN_OR_ERROR = 0x0205;
const END = 0x000a;
const BIFF8 = 0x0600;

export function readXls(bytes: Uint8Array): Workbook {
  const stream = compoundStream(bytes, ["Workbook", "Book"]);
  if (!stream) throw new WorkbookFault("not-a-workbook", 'no stream "Workbook"');
  const globals = readGlobals(stream);
  const sheets = globals.sheets.map(({ name, start }) => readCells(new Sheet(name), stream, start, globals.strings));
  const areas = globals.names.flatMap(({ name, reference }) => {
    const sheet = globals.sheets[globals.references[reference.sheet] ?? -1]?.name;
    return sheet === undefined ? [] : [{ name, area: { ...reference.area, sheet } }];
  });
  return workbookOf(sheets, areas);
}

interface Globals {
  readonly sheets: { name: string; start: number }[];
  readonly strings: string[];
  readonly names: { name: string; reference: { sheet: number; area: Omit<Area, "sheet"> } }[];
  /** For each sheet reference of a formula the number of the sheet. */
  readonly references: number[];
}

function readGlobals(stream: Uint8Array): Globals {
  const globals: Globals = { sheets: [], strings: [], names: [], references: [] };
  let first = true;
  for (const record of biffRecords(stream, 0)) {
    const { view } = record;
    if (first && (record.type !== BOF || view.byteLength < 4)) throw new WorkbookFault("damaged", "no beginning");
    if (first && view.getUint16(0, true) !== BIFF8) throw new WorkbookFault("old-format", "written before Excel 97");
    first = false;
    if (record.type === END) break;
    if (record.type === FILE_PASS) throw new WorkbookFault("encrypted", "");
    if (record.type === BOUND_SHEET) readSheetName(record, globals);
    if (record.type === SHARED_STRINGS) readSharedStrings(record, globals.strings);
    if (record.type === EXTERNAL_SHEETS) {
      for (let at = 2; at + 6 <= view.byteLength; at += 6) globals.references.push(view.getUint16(at + 2, true));
    }
    if (record.type === NAME) readName(record, globals);
  }
  return globals;
}

function readSheetName(record: BiffRecord, { sheets }: Globals): void {
  const start = record.view.getUint32(0, true);
  // Only worksheets (0) have cells; their numbers count all sheets, so the others keep a place without one.
  const name = new BiffText(record, 6).short();
  sheets.push({ name, start: record.view.getUint8(5) === 0 ? start : -1 });
}

function readSharedStrings(record: BiffRecord, strings: string[]): void {
  const count = record.view.getUint32(4, true);
  if (count > MAX_RECORD_TEXTS) throw new WorkbookFault("too-large", `${count} texts`);
  const text = new BiffText(record, 8);
  for (let i = 0; i < count && !text.atEnd; i++) strings.push(text.rich());
}

/** A name whose formula is one reference to a cell (0x3A) or an area (0x3B) of a sheet. */
function readName(record: BiffRecord, { names }: Globals): void {
  const { view } = record;
  const [length, formulaBytes] = [view.getUint8(3), view.getUint16(4, true)];
  const text = new BiffText(record, 14);
  const name = text.characters(length);
  const at = text.at;
  if (at + formulaBytes > view.byteLength) return;
  const token = formulaBytes > 0 ? view.getUint8(at) & 0x1f : 0;
  if (token === 0x1a && formulaBytes >= 7) {
    const area = {
      row: view.getUint16(at + 3, true),
      column: view.getUint16(at + 5, true) & 0x3fff,
      rows: 1,
      columns: 1,
    };
    names.push({ name, reference: { sheet: view.getUint16(at + 1, true), area } });
  } else if (token === 0x1b && formulaBytes >= 11) {
    const [row, last] = [view.getUint16(at + 3, true), view.getUint16(at + 5, true)];
    const [column, right] = [view.getUint16(at + 7, true) & 0x3fff, view.getUint16(at + 9, true) & 0x3fff];
    if (last < row || right < column) return;
    const area = { row, column, rows: last - row + 1, columns: right - column + 1 };
    names.push({ name, reference: { sheet: view.getUint16(at + 1, true), area } });
  }
}

function readCells(sheet: Sheet, stream: Uint8Array, start: number, strings: readonly string[]): Sheet {
  if (start < 0) return sheet;
  let depth = 0;
  let formula: { row: number; column: number } | null = null;
  for (const record of biffRecords(stream, start)) {
    if (record.type === BOF) depth++;
    if (record.type === END && --depth === 0) break;
    // A chart inside the sheet is a stream within the stream, with cells of its own.
    if (depth !== 1) continue;
    if (record.type === STRING && formula) sheet.set(formula.row, formula.column, new BiffText(record, 0).long());
    else formula = readCell(sheet, record, strings);
  }
  return sheet;
}

/** Reads one cell; gives its place if it is a formula whose result is the text of the next record. */
function readCell(
  sheet: Sheet,
  { type, view }: BiffRecord,
  strings: readonly string[],
): { row: number; column: number } | null {
  const kinds: readonly number[] = [LABEL_SHARED, LABEL, NUMBER, RK, MANY_RK, FORMULA, BOOLEAN_OR_ERROR];
  if (!kinds.includes(type)) return null;
  const [row, column] = [view.getUint16(0, true), view.getUint16(2, true)];
  if (type === NUMBER) sheet.set(row, column, finite(view.getFloat64(6, true)));
  if (type === RK) sheet.set(row, column, rkNumber(view.getUint32(6, true)));
  if (type === LABEL_SHARED) sheet.set(row, column, strings[view.getUint32(6, true)] ?? null);
  if (type === LABEL) sheet.set(row, column, new BiffText({ type, view, parts: new Set() }, 6).long());
  if (type === BOOLEAN_OR_ERROR) sheet.set(row, column, view.getUint8(7) === 0 ? view.getUint8(6) : "#ERROR");
  if (type === MANY_RK) {
    for (let at = 4, i = 0; at + 8 <= view.byteLength; at += 6, i++) {
      sheet.set(row, column + i, rkNumber(view.getUint32(at + 2, true)));
    }
  }
  if (type !== FORMULA) return null;
  // A result that is no number has 0xFFFF behind it and its kind in front: 0 text, 1 true or false, 2 an error, 3 empty text.
  if (view.getUint16(12, true) !== 0xffff) sheet.set(row, column, finite(view.getFloat64(6, true)));
  else if (view.getUint8(6) === 0) return { row, column };
  else if (view.getUint8(6) === 1) sheet.set(row, column, view.getUint8(8));
  else if (view.getUint8(6) === 2) sheet.set(row, column, "#ERROR");
  return null;
}

const finite = (value: number): number | string => (Number.isFinite(value) ? value : "#ERROR");

/** A number in 30 bits (MS-XLS 2.5.217): the head of a double or a whole number, divided by 100 if bit 0 says so. */
function rkNumber(bits: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setUint32(0, bits & 0xfffffffc);
  const value = (bits & 2) !== 0 ? (bits | 0) >> 2 : view.getFloat64(0);
  return (bits & 1) !== 0 ? value / 100 : value;
}
