/** Small workbooks in both formats of Excel, for tests: cells by name, and named areas. */
import { strToU8, zipSync } from "fflate";
import { cellPlace } from "../cell-name.ts";

export type Cells = Readonly<Record<string, number | string>>;

export interface Book {
  readonly sheets: Readonly<Record<string, Cells>>;
  /** `'Sheet1'!$A$1:$B$2` by name. */
  readonly names?: Readonly<Record<string, string>>;
}

const escapeXml = (text: string) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/** An `.xlsx` file with shared texts; SpreadsheetML has a prefix, as some writers give it one. */
export function xlsx({ sheets, names = {} }: Book, parts: Readonly<Record<string, string>> = {}): Uint8Array {
  const strings: string[] = [];
  const entries = Object.entries(sheets);
  const cell = ([place, value]: [string, number | string]) => {
    if (typeof value === "number") return `<x:c r="${place}"><x:v>${value}</x:v></x:c>`;
    strings.push(value);
    return `<x:c r="${place}" t="s"><x:v>${strings.length - 1}</x:v></x:c>`;
  };
  const files: Record<string, string> = {};
  for (const [i, [, cells]] of entries.entries()) {
    const rows = Object.entries(cells).map((entry) => `<x:row>${cell(entry)}</x:row>`);
    files[`xl/worksheets/sheet${i + 1}.xml`] =
      `<x:worksheet xmlns:x="s"><x:sheetData>${rows.join("")}</x:sheetData></x:worksheet>`;
  }
  const sheetTags = entries.map(
    ([name], i) => `<sheet name="${escapeXml(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`,
  );
  const nameTags = Object.entries(names).map(
    ([n, area]) => `<definedName name="${n}">${escapeXml(area)}</definedName>`,
  );
  files["xl/workbook.xml"] =
    `<workbook><sheets>${sheetTags.join("")}</sheets><definedNames>${nameTags.join("")}</definedNames></workbook>`;
  const relations = entries.map((_, i) => `<Relationship Id="rId${i + 1}" Target="worksheets/sheet${i + 1}.xml"/>`);
  files["xl/_rels/workbook.xml.rels"] = `<Relationships>${relations.join("")}</Relationships>`;
  files["xl/sharedStrings.xml"] = `<sst>${strings.map((s) => `<si><t>${escapeXml(s)}</t></si>`).join("")}</sst>`;
  const all = Object.entries({ ...files, ...parts });
  return zipSync(Object.fromEntries(all.map(([path, text]) => [path, strToU8(text)])));
}

/** An `.xls` file of Excel 97: records in the one stream "Workbook" of a compound file. */
export function xls({ sheets, names = {} }: Book, extra: readonly Uint8Array[] = []): Uint8Array {
  return compoundFile("Workbook", workbookStream(sheets, names, extra));
}

const u16 = (...values: number[]) => values.flatMap((v) => [v & 255, (v >> 8) & 255]);
const u32 = (...values: number[]) => values.flatMap((v) => u16(v & 65_535, v >>> 16));
export const record = (type: number, ...content: number[]) =>
  Uint8Array.from([...u16(type, content.length), ...content]);
const f64 = (value: number) => [...new Uint8Array(new Float64Array([value]).buffer)];
const wide = (text: string) => [1, ...[...text].flatMap((c) => u16(c.charCodeAt(0)))];

function workbookStream(
  sheets: Book["sheets"],
  names: Readonly<Record<string, string>>,
  extra: readonly Uint8Array[],
): Uint8Array {
  const strings = [...new Set(Object.values(sheets).flatMap((cells) => Object.values(cells)))].filter(
    (value) => typeof value === "string",
  );
  const sheetNames = Object.keys(sheets);
  const bodies = Object.values(sheets).map((cells) => joined(sheetRecords(cells, strings)));
  const globals = (starts: readonly number[]) =>
    joined([
      record(0x0809, ...u16(0x0600, 5), ...u32(0, 0, 0)),
      ...extra,
      ...sheetNames.map((name, i) => record(0x85, ...u32(starts[i]!), 0, 0, name.length, ...wide(name))),
      record(0x01ae, ...u16(sheetNames.length, 0x0401)),
      record(0x17, ...u16(sheetNames.length), ...sheetNames.flatMap((_, i) => u16(0, i, i))),
      ...Object.entries(names).map(([name, area]) => nameRecord(name, area, sheetNames)),
      ...stringRecords(strings),
      record(0x0a),
    ]);
  const size = globals(sheetNames.map(() => 0)).length;
  const starts = bodies.map((_, i) => size + bodies.slice(0, i).reduce((sum, body) => sum + body.length, 0));
  return joined([globals(starts), ...bodies]);
}

/** Shared texts; the second half of each stands in a CONTINUE record, one byte a character where that is enough. */
function stringRecords(strings: readonly string[]): Uint8Array[] {
  const records: Uint8Array[] = [];
  let content = u32(strings.length, strings.length);
  for (const text of strings) {
    const half = text.length >> 1;
    content.push(...u16(text.length), ...wide(text.slice(0, half)));
    records.push(record(records.length === 0 ? 0xfc : 0x3c, ...content));
    const rest = text.slice(half);
    const narrow = [...rest].every((c) => c.charCodeAt(0) < 256);
    content = narrow ? [0, ...[...rest].map((c) => c.charCodeAt(0))] : wide(rest);
  }
  records.push(record(records.length === 0 ? 0xfc : 0x3c, ...content));
  return records;
}

function nameRecord(name: string, area: string, sheetNames: readonly string[]): Uint8Array {
  const [sheet, cells] = area.replaceAll("'", "").split("!") as [string, string];
  const [from, to] = cells.split(":").map((cell) => cellPlace(cell)!);
  const end = to ?? from!;
  const formula = [0x3b, ...u16(sheetNames.indexOf(sheet), from!.row, end.row, from!.column, end.column)];
  return record(0x18, ...u16(0), 0, name.length, ...u16(formula.length, 0, 0), 0, 0, 0, 0, ...wide(name), ...formula);
}

/** Whole numbers below 1000 as RK, other numbers as doubles, texts beginning with = as results of formulas. */
function sheetRecords(cells: Cells, strings: readonly string[]): Uint8Array[] {
  const records = [record(0x0809, ...u16(0x0600, 0x10), ...u32(0, 0, 0))];
  for (const [place, value] of Object.entries(cells)) {
    const { row, column } = cellPlace(place)!;
    const head = u16(row, column, 0);
    if (typeof value === "string" && value.startsWith("=")) {
      records.push(record(0x06, ...head, 0, 0, 0, 0, 0, 0, 0xff, 0xff, ...u16(0), ...u32(0), ...u16(0)));
      records.push(record(0x0207, ...u16(value.length - 1), ...wide(value.slice(1))));
    } else if (typeof value === "string") records.push(record(0xfd, ...head, ...u32(strings.indexOf(value))));
    else if (Number.isInteger(value) && Math.abs(value) < 1000)
      records.push(record(0x027e, ...head, ...u32((value << 2) | 2)));
    else records.push(record(0x0203, ...head, ...f64(value)));
  }
  return [...records, record(0x0a)];
}

/** A compound file with one stream, in sectors of 512 bytes; short streams go to the stream of small sectors. */
function compoundFile(name: string, content: Uint8Array): Uint8Array {
  const FREE = 0xffffffff;
  const END = 0xfffffffe;
  const small = content.length < 4096;
  const pad = (bytes: Uint8Array, to: number) => joined([bytes, new Uint8Array((to - (bytes.length % to)) % to)]);
  const data = pad(content, 512);
  const dataSectors = data.length / 512;
  const smallSectors = Math.ceil(content.length / 64);
  const chain = (count: number, from: number) =>
    Array.from({ length: count }, (_, i) => (i === count - 1 ? END : from + i + 1));
  // Sectors: 0 sector table, 1 directory, 2 table of small sectors, then the content.
  const table = [0xfffffffd, END, END, ...chain(dataSectors, 3)];
  const smallTable = small ? chain(smallSectors, 0) : [];
  const words = (list: number[]) =>
    pad(Uint8Array.from(u32(...list, ...Array(128 - (list.length % 128 || 128)).fill(FREE))), 512);
  const entry = (title: string, type: number, start: number, size: number) =>
    Uint8Array.from([
      ...[...title.padEnd(32, "\0")].flatMap((c) => u16(c.charCodeAt(0))),
      ...u16(2 * title.length + 2),
      type,
      1,
      ...u32(FREE, FREE, type === 5 ? 1 : FREE),
      ...Array(36).fill(0),
      ...u32(start, size, 0),
    ]);
  const directory = joined([
    entry("Root Entry", 5, small ? 3 : END, small ? content.length : 0),
    entry(name, 2, small ? 0 : 3, content.length),
    entry("", 0, 0, 0),
    entry("", 0, 0, 0),
  ]);
  const header = Uint8Array.from([
    ...[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1],
    ...Array(16).fill(0),
    ...u16(0x3e, 3, 0xfffe, 9, 6),
    ...Array(6).fill(0),
    ...u32(0, 1, 1, 0, 4096, 2, 1, END, 0, 0),
    ...u32(...Array(108).fill(FREE)),
  ]);
  if (table.length > 128) throw new Error("too large for this writer of test files");
  return joined([header, words(table), directory, words(smallTable.length > 0 ? smallTable : [FREE]), data]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
