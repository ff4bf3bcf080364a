/**
 * Parquet files, one row group a batch, compressed by Zstandard. What Arrow keeps with a column (unit, titles, reading) goes as JSON
 * into the file's metadata, under `terrace.columns`.
 */
import { zstdCompressSync } from "node:zlib";
import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import type { ExportColumn } from "../results/arrow-rows.ts";
import { canonicalLine } from "../results/canonical-json.ts";
import type { FileOutput } from "../results/file-output.ts";
import type { TableOutput } from "./table-output.ts";

type SchemaElement = ConstructorParameters<typeof ParquetWriter>[0]["schema"][number];

const TYPES = { number: "DOUBLE", integer: "INT32", text: "STRING" } as const;

export function parquetFile(file: FileOutput, columns: readonly ExportColumn[]): TableOutput {
  const bytes = new ByteWriter();
  const notes = Object.fromEntries(columns.map(({ name, note }) => [name, note]));
  const writer = new ParquetWriter({
    writer: bytes,
    schema: schemaOf(columns),
    codec: "ZSTD",
    compressors: { ZSTD: (input) => new Uint8Array(zstdCompressSync(input)) },
    kvMetadata: [{ key: "terrace.columns", value: canonicalLine(notes) }],
    createdBy: "terrace",
  });
  /** Moves what the writer holds to the file; its own account of the position goes on. */
  const flush = () => {
    file.write(new Uint8Array(bytes.buffer, 0, bytes.index));
    bytes.index = 0;
  };
  return {
    write(values) {
      const rows = values[0]?.length ?? 0;
      const columnData = columns.map(({ name, kind }, i) => ({ name, data: [...values[i]!], type: TYPES[kind] }));
      void writer.write({ columnData, rowGroupSize: rows });
      flush();
    },
    finish() {
      void writer.finish();
      flush();
    },
  };
}

function schemaOf(columns: readonly ExportColumn[]): SchemaElement[] {
  const elements = columns.map(({ name, kind }): SchemaElement => {
    const repetition_type = kind === "number" ? "OPTIONAL" : "REQUIRED";
    if (kind === "text") return { name, type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type };
    return { name, type: kind === "number" ? "DOUBLE" : "INT32", repetition_type };
  });
  return [{ name: "root", num_children: elements.length }, ...elements];
}
