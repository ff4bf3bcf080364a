/** Reads our Arrow files, with errors that say which file is wrong and how. */
import { closeSync, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import type { Schema, Table, Vector } from "apache-arrow";
import { arrow } from "./arrow-library.ts";
import { ResultsError } from "./results-error.ts";

/** What an Arrow IPC file begins and ends with. */
const MARK = new TextEncoder().encode("ARROW1");

/** A whole Arrow file in memory. @throws ResultsError if it is missing, cut short or damaged. */
export function readArrowFile(path: string): Table {
  checkEnds(path);
  try {
    return arrow().tableFromIPC(readFileSync(path));
  } catch (thrown) {
    throw new ResultsError({ code: "damaged-file", path, cause: (thrown as Error).message });
  }
}

/** A number column, or one of lists of numbers one after the other; null reads as NaN. @throws Error if there is no such column. */
export function numbers(table: Table, name: string): Float64Array {
  const found = columnOf(table, name);
  const column = arrow().DataType.isFixedSizeList(found.type) ? found.getChildAt(0)! : found;
  const values = new Float64Array(column.length);
  let at = 0;
  for (const data of column.data) {
    values.set(data.values.subarray(0, data.length), at);
    if (data.nullCount > 0) {
      for (let i = 0; i < data.length; i++) if (!data.getValid(i)) values[at + i] = Number.NaN;
    }
    at += data.length;
  }
  return values;
}

export function integers(table: Table, name: string): Int32Array {
  const column = columnOf(table, name);
  const values = new Int32Array(column.length);
  let at = 0;
  for (const data of column.data) {
    values.set(data.values.subarray(0, data.length), at);
    at += data.length;
  }
  return values;
}

/** A column of texts or names. */
export function texts(table: Table, name: string): string[] {
  return Array.from(columnOf(table, name) as Vector, String);
}

/** What our schema says under the key `terrace`. */
export function tableNote(schema: Schema, path: string): Record<string, unknown> {
  const text = schema.metadata.get("terrace");
  if (text === undefined)
    throw new ResultsError({ code: "damaged-file", path, cause: "it has no metadata of Terrace" });
  return JSON.parse(text) as Record<string, unknown>;
}

function columnOf(table: Table, name: string): Vector {
  const column = table.getChild(name);
  if (column === null) throw new Error(`there is no column "${name}"`);
  return column;
}

/** @throws ResultsError if a file is missing, or does not begin and end as an Arrow file. */
export function checkEnds(path: string): void {
  let descriptor: number;
  try {
    descriptor = openSync(path, "r");
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === "ENOENT") throw new ResultsError({ code: "missing-file", path });
    throw thrown;
  }
  try {
    const { size } = fstatSync(descriptor);
    const hasMarkAt = (position: number) => {
      const bytes = new Uint8Array(MARK.length);
      const read = readSync(descriptor, bytes, 0, bytes.length, position);
      return read === MARK.length && bytes.every((byte, i) => byte === MARK[i]);
    };
    if (size < 2 * MARK.length || !hasMarkAt(size - MARK.length)) {
      throw new ResultsError({ code: "truncated-file", path });
    }
    if (!hasMarkAt(0)) throw new ResultsError({ code: "damaged-file", path, cause: "it is not an Arrow file" });
  } finally {
    closeSync(descriptor);
  }
}
