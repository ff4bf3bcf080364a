/**
 * Cells and named areas of an `.xlsx` workbook (ECMA-376, part 1, section 18: SpreadsheetML in a ZIP package). Only what numbers
 * need is read: values and stored results of formulas, no styles. Sizes are bounded before anything is unpacked, and XML is read
 * without a document type, so no entity expands.
 */
import { unzipSync } from "fflate";
import { SaxesParser } from "saxes";
import { areaOf, cellPlace } from "./cell-name.ts";
import { type Area, type Cell, MAX_BYTES, Sheet, type Workbook, WorkbookFault, workbookOf } from "./sheet.ts";

export function readXlsx(bytes: Uint8Array): Workbook {
  const parts = unpack(bytes);
  const xml = (name: string): string => {
    const part = parts.get(name);
    if (!part) throw new WorkbookFault("damaged", `no part ${name}`);
    return new TextDecoder().decode(part);
  };
  const book = [...parts.keys()].find((name) => /(^|\/)workbook\.xml$/.test(name));
  if (book === undefined) throw new WorkbookFault("not-a-workbook", "no part workbook.xml");
  const folder = book.slice(0, book.lastIndexOf("/") + 1);
  const targets = readRelations(xml(`${folder}_rels/workbook.xml.rels`), folder);
  const contents = readContents(xml(book));
  const strings = parts.has(`${folder}sharedStrings.xml`) ? readStrings(xml(`${folder}sharedStrings.xml`)) : [];
  const sheets = contents.sheets.flatMap(({ name, relation }) => {
    const target = targets.get(relation);
    // A chart sheet has no cells and no part among those unpacked.
    return target !== undefined && parts.has(target) ? [readSheet(name, xml(target), strings)] : [];
  });
  return workbookOf(sheets, contents.areas);
}

const WANTED = /(^|\/)(workbook\.xml(\.rels)?|sharedStrings\.xml|worksheets\/[^/]+\.xml)$/;

function unpack(bytes: Uint8Array): Map<string, Uint8Array> {
  let size = 0;
  try {
    const files = unzipSync(bytes, {
      filter: (file) => {
        if (!WANTED.test(file.name)) return false;
        size += file.originalSize;
        if (!(size <= MAX_BYTES)) throw new WorkbookFault("too-large", `more than ${MAX_BYTES} bytes unpacked`);
        return true;
      },
    });
    return new Map(Object.entries(files));
  } catch (error) {
    if (error instanceof WorkbookFault) throw error;
    // The library throws plain errors of its own for everything that is wrong with an archive.
    throw new WorkbookFault("not-a-workbook", error instanceof Error ? error.message : String(error));
  }
}

interface Handlers {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
}

/** Names without their prefixes: what prefix a writer chooses for SpreadsheetML means nothing. */
const local = (name: string): string => name.slice(name.indexOf(":") + 1);

function parseXml(text: string, { open, text: onText, close }: Handlers): void {
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw new WorkbookFault("damaged", error.message);
  });
  parser.on("doctype", () => {
    throw new WorkbookFault("damaged", "a document type in a part of the workbook");
  });
  parser.on("opentag", ({ name, attributes }) => {
    const plain: Record<string, string> = {};
    for (const [key, value] of Object.entries(attributes)) plain[local(key)] = value;
    open?.(local(name), plain);
  });
  parser.on("closetag", ({ name }) => close?.(local(name)));
  parser.on("text", (part) => onText?.(part));
  parser.on("cdata", (part) => onText?.(part));
  parser.write(text).close();
}

function readRelations(text: string, folder: string): Map<string, string> {
  const targets = new Map<string, string>();
  parseXml(text, {
    open: (name, { Id, Target }) => {
      if (name !== "Relationship" || Id === undefined || Target === undefined) return;
      targets.set(Id, Target.startsWith("/") ? Target.slice(1) : folder + Target);
    },
  });
  return targets;
}

function readContents(text: string): {
  sheets: { name: string; relation: string }[];
  areas: { name: string; area: Area }[];
} {
  const sheets: { name: string; relation: string }[] = [];
  const areas: { name: string; area: Area }[] = [];
  let defined: string | null = null;
  let reference = "";
  parseXml(text, {
    open: (name, attributes) => {
      if (name === "sheet") sheets.push({ name: attributes.name ?? "", relation: attributes.id ?? "" });
      if (name === "definedName") [defined, reference] = [attributes.name ?? "", ""];
    },
    text: (part) => {
      if (defined !== null) reference += part;
    },
    close: (name) => {
      if (name !== "definedName") return;
      const area = areaOf(reference);
      if (area && defined !== null) areas.push({ name: defined, area });
      defined = null;
    },
  });
  return { sheets, areas };
}

/** Shared texts; the runs of a formatted text are joined, its phonetic reading is left out. */
function readStrings(text: string): string[] {
  const strings: string[] = [];
  let current = "";
  let inText = false;
  let phonetic = false;
  parseXml(text, {
    open: (name) => {
      if (name === "si") current = "";
      if (name === "rPh") phonetic = true;
      inText = name === "t" && !phonetic;
    },
    text: (part) => {
      if (inText) current += part;
    },
    close: (name) => {
      if (name === "si") strings.push(current);
      if (name === "rPh") phonetic = false;
      inText = false;
    },
  });
  return strings;
}

function readSheet(name: string, text: string, strings: readonly string[]): Sheet {
  const sheet = new Sheet(name);
  let row = -1;
  let column = -1;
  let type = "n";
  let value = "";
  let inValue = false;
  parseXml(text, {
    open: (tag, attributes) => {
      if (tag === "row") [row, column] = [attributes.r === undefined ? row + 1 : Number(attributes.r) - 1, -1];
      if (tag === "c") {
        const place = attributes.r === undefined ? null : cellPlace(attributes.r);
        if (place) row = place.row;
        column = place?.column ?? column + 1;
        [type, value] = [attributes.t ?? "n", ""];
      }
      inValue = tag === "v" || (tag === "t" && type === "inlineStr");
    },
    text: (part) => {
      if (inValue) value += part;
    },
    close: (tag) => {
      inValue = false;
      if (tag === "c") sheet.set(row, column, cellValue(type, value, strings));
    },
  });
  return sheet;
}

/** The value of a cell by its type (ECMA-376, 18.18.11); an error value such as #N/A is text, so that it is no number. */
function cellValue(type: string, value: string, strings: readonly string[]): Cell {
  if (value === "") return null;
  if (type === "s") return strings[Number(value)] ?? null;
  if (type !== "n" && type !== "b") return value;
  const number = Number(value);
  return Number.isFinite(number) ? number : value;
}
