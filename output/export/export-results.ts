/** Writes the tables of a results folder in forms that other programs open: Parquet, and CSV. */
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { openArrow } from "../results/arrow-rows.ts";
import { FileOutput } from "../results/file-output.ts";
import { assertWhole, readManifest } from "../results/manifest.ts";
import { ResultsError } from "../results/results-error.ts";
import { CHECKPOINT_FILE } from "../results/results-folder.ts";
import { assertFileUnchanged, assertUnchanged } from "../results/verify-results.ts";
import { csvFile } from "./csv.ts";
import { parquetFile } from "./parquet.ts";

export type TableForm = "csv" | "parquet";

/**
 * Writes every table of a results folder into another folder, under the same name with the other ending.
 * @returns Paths of the files, relative to `out`.
 * @throws ResultsError if a file of the results is damaged, a file to be written exists, or the disk does not take it.
 */
export async function exportTables(folder: string, out: string, form: TableForm): Promise<string[]> {
  const root = resolve(folder);
  const tables = tablesOf(root);
  assertUnchanged(root);
  const written: string[] = [];
  for (const table of tables) {
    const name = `${table}.${form}`;
    await writeTable(join(root, `${table}.arrow`), newFile(join(resolve(out), name)), form);
    written.push(name);
  }
  return written;
}

/**
 * Writes one table of a results folder to a file.
 * @param table One of {@link tablesOf}.
 * @throws ResultsError as {@link exportTables} does.
 */
export async function exportTable(folder: string, table: string, path: string, form: TableForm): Promise<void> {
  const root = resolve(folder);
  assertFileUnchanged(root, `${table}.arrow`);
  await writeTable(join(root, `${table}.arrow`), newFile(path), form);
}

/** Names of the tables of a whole results folder: paths without the ending. @throws ResultsError if it is not one. */
export function tablesOf(folder: string): string[] {
  const root = resolve(folder);
  assertWhole(root, readManifest(root));
  const runs = join(root, "runs");
  const files = [...readdirSync(root), ...(existsSync(runs) ? readdirSync(runs).map((file) => `runs/${file}`) : [])];
  return (
    files
      // The states are for Terrace: lists of numbers, which a table of a spreadsheet has no place for.
      .filter((file) => file.endsWith(".arrow") && file !== CHECKPOINT_FILE)
      .map((file) => file.slice(0, -".arrow".length))
      .sort()
  );
}

async function writeTable(path: string, output: FileOutput, form: TableForm): Promise<void> {
  try {
    const table = await openArrow(path);
    try {
      const writer = form === "csv" ? csvFile(output, table.columns) : parquetFile(output, table.columns);
      for await (const values of table.batches) writer.write(values);
      writer.finish();
      output.close();
    } finally {
      await table.close();
    }
  } catch (thrown) {
    output.release();
    rmSync(output.path);
    throw thrown;
  }
}

/** Opens a file that does not yet exist, in a folder that is made. */
export function newFile(path: string): FileOutput {
  if (existsSync(path)) throw new ResultsError({ code: "export-exists", path });
  mkdirSync(dirname(path), { recursive: true });
  return new FileOutput(path);
}
