/** `terrace query`: SQL over the tables of a results folder, by DuckDB, which the user installs beside Terrace. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Language, UsageError } from "../../engine/diagnostics/diagnostic.ts";
import { exportTable, tablesOf } from "../../output/export/export-results.ts";
import { EXIT } from "../failure.ts";
import { checkOutputFile, writeOutput } from "../output-file.ts";

export interface QueryArguments {
  readonly language: Language;
  readonly json: boolean;
  readonly out: string | undefined;
}

/** What DuckDB answers. */
interface Answer {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

type DuckDb = typeof import("@duckdb/node-api");

/**
 * Tables that the query names are made Parquet files in a temporary folder, for DuckDB reads no Arrow files by itself.
 * @throws UsageError if DuckDB is not installed, or refuses the query.
 */
export async function query(folder: string, sql: string, options: QueryArguments): Promise<number> {
  checkOutputFile(options.out);
  const duckDb = await loadDuckDb();
  const tables = tablesOf(folder).map((file) => ({ file, name: file.replaceAll(/[^\p{L}\p{N}_]/gu, "_") }));
  const named = tables.filter(({ name }) =>
    new RegExp(`(?<![\\p{L}\\p{N}_])${name}(?![\\p{L}\\p{N}_])`, "iu").test(sql),
  );
  if (named.length === 0)
    throw new UsageError(`no table in the query: ${sql} (there are: ${tables.map(({ name }) => name).join(", ")})`);
  const temporary = mkdtempSync(join(tmpdir(), "terrace-query-"));
  try {
    for (const { file, name } of named) await exportTable(folder, file, join(temporary, `${name}.parquet`), "parquet");
    const answer = await ask(
      duckDb,
      named.map(({ name }) => name),
      temporary,
      sql,
    );
    const text = options.json ? `${JSON.stringify(asObjects(answer), null, 2)}\n` : csv(answer);
    writeOutput(options.out, text);
    return EXIT.well;
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

async function loadDuckDb(): Promise<DuckDb> {
  try {
    return await import("@duckdb/node-api");
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw thrown;
    throw new UsageError("terrace query needs DuckDB, which is not installed: npm install @duckdb/node-api");
  }
}

async function ask(
  { DuckDBInstance }: DuckDb,
  tables: readonly string[],
  folder: string,
  sql: string,
): Promise<Answer> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    for (const name of tables) {
      const file = join(folder, `${name}.parquet`).replaceAll("'", "''");
      await connection.run(`create view "${name}" as select * from read_parquet('${file}')`);
    }
    try {
      const reader = await connection.runAndReadAll(sql);
      return { columns: reader.columnNames(), rows: reader.getRowsJS().map((row) => row.map(plain)) };
    } catch (thrown) {
      throw new UsageError(`DuckDB refuses the query: ${(thrown as Error).message.split("\n")[0]}`);
    }
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Whole numbers of 64 bits, which counts are, as numbers where nothing is lost. */
function plain(value: unknown): unknown {
  if (typeof value !== "bigint") return value;
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}

function asObjects({ columns, rows }: Answer): object[] {
  return rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i]])));
}

function csv({ columns, rows }: Answer): string {
  const field = (value: unknown): string => {
    const text =
      value === null || value === undefined ? "" : typeof value === "object" ? JSON.stringify(value) : String(value);
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `${[columns, ...rows].map((row) => row.map(field).join(",")).join("\n")}\n`;
}
