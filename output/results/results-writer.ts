/**
 * Writes a results folder, block by block, with the memory of one block.
 *
 * Everything goes into `<folder>.partial`, which gets its final name when it is whole: a folder with the final name is
 * never half written.
 */
import { mkdirSync, rmdirSync, unlinkSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { BlockResult } from "../../engine/ensemble/block-result.ts";
import type { Catalog } from "../../engine/ensemble/catalog.ts";
import type { EnsembleStatistics } from "../../engine/statistics/summary-rows.ts";
import { ArrowOutput, type RecordBatch } from "./arrow-output.ts";
import { canonicalFile } from "./canonical-json.ts";
import type { ColumnNote, TableShape } from "./columns.ts";
import { DrawsTable } from "./draws-table.ts";
import { FailuresTable } from "./failures-table.ts";
import { writeTextFile } from "./file-output.ts";
import { ResultsError } from "./results-error.ts";
import {
  assertReplaceable,
  CATALOG_FILE,
  isTaken,
  MANIFEST_FILE,
  moveIntoPlace,
  PROVENANCE_FILE,
  partialFolder,
  RESULTS_FORMAT,
  removeResults,
  syncFolder,
} from "./results-folder.ts";
import { RunsTable } from "./runs-table.ts";
import { summaryTable, targetsTable } from "./summary-table.ts";

export interface ResultsOptions {
  readonly catalog: Catalog;
  /** What determines the numbers, and nothing else; written with the field `format` added. */
  readonly manifest: object;
  /** Replaces a results folder that has the name; default: it is an error. Folders that are not ours are never replaced. */
  readonly force?: boolean;
}

/** A table that gets a batch from each block. */
interface BlockTable {
  readonly shape: TableShape;
  batch(block: BlockResult): RecordBatch;
}

export class ResultsWriter {
  readonly #folder: string;
  readonly #partial: string;
  readonly #catalog: Catalog;
  readonly #note: ColumnNote;
  readonly #force: boolean;
  /** Files made so far, as paths. */
  readonly #files: string[] = [];
  readonly #tables: { readonly table: BlockTable; readonly output: ArrowOutput; readonly isSparse: boolean }[] = [];
  #isOpen = true;
  #lastBlock = -1;

  /**
   * Makes the partial folder with its manifest and catalog.
   * @throws ResultsError if the folder or its partial folder exists and may not be replaced, or cannot be written.
   */
  constructor(folder: string, { catalog, manifest, force = false }: ResultsOptions) {
    this.#folder = resolve(folder);
    this.#partial = partialFolder(this.#folder);
    this.#catalog = catalog;
    this.#force = force;
    if ("format" in manifest) throw new Error('manifest: the field "format" is the writer\'s own');
    const described = { ...manifest, format: RESULTS_FORMAT };
    this.#note = { format: RESULTS_FORMAT, model: catalog.model, manifest };
    this.#makeRoom();
    try {
      this.#writeText(MANIFEST_FILE, canonicalFile(described));
      this.#writeText(CATALOG_FILE, canonicalFile(catalog));
      this.#openTables();
    } catch (thrown) {
      this.abandon();
      throw thrown;
    }
  }

  /** Where the results are until they are whole. */
  get partialFolder(): string {
    return this.#partial;
  }

  /**
   * Writes a block to every table. The block's arrays are only read.
   * @throws ResultsError if the disk does not take it; Error if blocks do not come in the order of their numbers, on which the
   *   bytes of the files depend.
   */
  addBlock(block: BlockResult): void {
    if (block.block <= this.#lastBlock) throw new Error(`block ${block.block} comes after block ${this.#lastBlock}`);
    this.#lastBlock = block.block;
    for (const { table, output, isSparse } of this.#tables) {
      if (isSparse && block.failures.length === 0) continue;
      output.write(table.batch(block));
    }
  }

  /**
   * Writes the statistics, completes all files and gives the folder its final name.
   * @param provenance When, where and how: whatever does not determine the numbers.
   * @returns The folder.
   * @throws ResultsError if the disk does not take it, or the final name has been taken meanwhile.
   */
  finish(statistics: EnsembleStatistics, provenance: object): string {
    for (const { output } of this.#tables) output.finish();
    this.#writeTable("summary.arrow", summaryTable(this.#catalog, statistics, this.#note));
    this.#writeTable("targets.arrow", targetsTable(this.#catalog, statistics.targets, this.#note));
    this.#writeText(PROVENANCE_FILE, canonicalFile(provenance));
    syncFolder(join(this.#partial, "runs"));
    syncFolder(this.#partial);
    this.#isOpen = false;
    moveIntoPlace(this.#partial, this.#folder, this.#force);
    return this.#folder;
  }

  /** Removes the partial folder, as far as this writer has made it. Nothing happens after `finish`. */
  abandon(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    for (const { output } of this.#tables) output.release();
    for (const file of this.#files) removeIfThere(() => unlinkSync(file));
    removeIfThere(() => rmdirSync(join(this.#partial, "runs")));
    removeIfThere(() => rmdirSync(this.#partial));
  }

  #makeRoom(): void {
    if (isTaken(this.#folder)) {
      if (!this.#force) throw new ResultsError({ code: "folder-exists", path: this.#folder });
      assertReplaceable(this.#folder);
    }
    if (isTaken(this.#partial)) {
      if (!this.#force) throw new ResultsError({ code: "unfinished-run", path: this.#partial });
      removeResults(this.#partial);
    }
    try {
      mkdirSync(dirname(this.#partial), { recursive: true });
      // Without `recursive` it fails if another run has made the folder just now.
      mkdirSync(this.#partial);
      mkdirSync(join(this.#partial, "runs"));
    } catch (thrown) {
      throw new ResultsError({ code: "write-failed", path: this.#partial, cause: (thrown as Error).message });
    }
  }

  #openTables(): void {
    const catalog = this.#catalog;
    for (const [position, { name }] of catalog.tables.entries()) {
      this.#openTable(`runs/${name}.arrow`, new RunsTable(catalog, position, this.#note), false);
    }
    this.#openTable("draws.arrow", new DrawsTable(catalog, this.#note), false);
    this.#openTable("failures.arrow", new FailuresTable(catalog, this.#note), true);
  }

  #openTable(name: string, table: BlockTable, isSparse: boolean): void {
    const path = this.#newFile(name);
    this.#tables.push({ table, output: new ArrowOutput(path, table.shape.empty()), isSparse });
  }

  #writeTable(name: string, { shape, batches }: { shape: TableShape; batches: RecordBatch[] }): void {
    const output = new ArrowOutput(this.#newFile(name), shape.empty());
    try {
      for (const batch of batches) output.write(batch);
      output.finish();
    } finally {
      output.release();
    }
  }

  #writeText(name: string, text: string): void {
    writeTextFile(this.#newFile(name), text);
  }

  #newFile(name: string): string {
    const path = join(this.#partial, name);
    this.#files.push(path);
    return path;
  }
}

/** Runs a removal; what is not there, or a folder in which a stranger has put something, stays as it is. */
function removeIfThere(remove: () => void): void {
  try {
    remove();
  } catch (thrown) {
    const code = (thrown as NodeJS.ErrnoException).code;
    if (code !== "ENOENT" && code !== "ENOTEMPTY" && code !== "EEXIST") throw thrown;
  }
}
