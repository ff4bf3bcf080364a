/** The batches of an Arrow file one after the other, with columns as plain values: the memory of one batch, whatever the file's size. */
import { existsSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import type { Field, Vector } from "apache-arrow";
import { arrow } from "./arrow-library.ts";
import { ResultsError } from "./results-error.ts";

export interface ExportColumn {
  readonly name: string;
  readonly kind: "number" | "integer" | "text";
  /** What the results say about the column: unit, titles, reading. */
  readonly note: Readonly<Record<string, unknown>>;
}

/** Values of some rows, column by column; null where a failed run has none. */
export type ExportValues = readonly (readonly (number | string | null)[])[];

export interface ExportTable {
  readonly columns: readonly ExportColumn[];
  readonly batches: AsyncIterable<ExportValues>;
  close(): Promise<void>;
}

/**
 * Opens an Arrow file of a results folder; the caller closes it.
 * @throws ResultsError if it is missing or cannot be read.
 */
export async function openArrow(path: string): Promise<ExportTable> {
  if (!existsSync(path)) throw new ResultsError({ code: "missing-file", path });
  const file = await open(path);
  try {
    const reader = await (await arrow().RecordBatchReader.from(file as FileHandle)).open();
    const columns = reader.schema.fields.map(columnOf);
    return {
      columns,
      batches: (async function* () {
        for await (const batch of reader) {
          if (batch.numRows > 0) yield columns.map((_, i) => valuesOf(batch.getChildAt(i)!));
        }
      })(),
      close: () => file.close(),
    };
  } catch (thrown) {
    await file.close();
    throw new ResultsError({ code: "damaged-file", path, cause: (thrown as Error).message });
  }
}

function columnOf({ name, type, metadata }: Field): ExportColumn {
  const { DataType } = arrow();
  const kind = DataType.isFloat(type) ? "number" : DataType.isInt(type) ? "integer" : "text";
  // Written by the results writer.
  const note = JSON.parse(metadata.get("terrace") ?? "{}") as Record<string, unknown>;
  return { name, kind, note };
}

function valuesOf(column: Vector): (number | string | null)[] {
  return Array.from(column as Iterable<number | string | null>);
}
