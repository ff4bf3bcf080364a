/**
 * Writes a results folder, block by block, with the memory of one block.
 *
 * Everything goes into `<folder>.partial`, which gets its final name when it is whole: a folder with the final name is
 * never half written. What is written can be secured from time to time (`secure`); after the process has ended, however it
 * ended, another one goes on from there.
 */
import { existsSync, mkdirSync, rmdirSync, rmSync, unlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import type { BlockResult } from "../../engine/ensemble/block-result.ts";
import type { Catalog } from "../../engine/ensemble/catalog.ts";
import type { StatisticsByContrast } from "../../engine/statistics/summary-rows.ts";
import type { SavedState, SummaryState } from "../../engine/statistics/summary-state.ts";
import { ArrowOutput, type RecordBatch } from "./arrow-output.ts";
import { canonicalFile } from "./canonical-json.ts";
import { CheckpointTable } from "./checkpoint-table.ts";
import type { ColumnNote, TableShape } from "./columns.ts";
import { DrawsTable } from "./draws-table.ts";
import { FailuresTable } from "./failures-table.ts";
import { type WrittenPart, writeTextFile } from "./file-output.ts";
import { hashFile } from "./hash-results.ts";
import { KEEP_ALL, type Keep } from "./keep.ts";
import { manifestText, type Shard, writeManifest } from "./manifest.ts";
import { makePartial, type ResumeNote, takeUpPartial } from "./partial-results.ts";
import { ResultsError } from "./results-error.ts";
import {
  CATALOG_FILE,
  CHECKPOINT_FILE,
  CHECKSUM_FILE,
  MANIFEST_FILE,
  moveIntoPlace,
  PROVENANCE_FILE,
  partialFolder,
  RESULTS_FORMAT,
  RESUME_FILE,
  SHARD_FILE,
  syncFolder,
} from "./results-folder.ts";
import { RunLock } from "./run-lock.ts";
import { keptIndicators, RunsTable } from "./runs-table.ts";
import { writeState } from "./state-file.ts";
import { summaryTable, targetsTable } from "./summary-table.ts";

export interface ResultsOptions {
  readonly catalog: Catalog;
  /** What determines the numbers, and nothing else; written with the fields `format` and `shard` added. */
  readonly manifest: object;
  /** Replaces a results folder that has the name; default: it is an error. Folders that are not ours are never replaced. */
  readonly force?: boolean;
  /** Goes on where a run with the same manifest was broken off, if there is one. */
  readonly resume?: boolean;
  /** What is written of the runs; default everything. */
  readonly keep?: Keep;
  /** The part of the ensemble that goes into this folder; default all of it. */
  readonly shard?: Shard;
}

/** Where a run goes on that was broken off. */
export interface Resumed {
  /** Blocks that are done: their part of the summary is in the state, their rows are in the files. */
  readonly blocks: number;
  readonly state: SavedState;
  /** Files of which the rows of those blocks have been lost; `repairBlock` writes them again. */
  readonly lost: readonly string[];
}

const FAILURES_FILE = "failures.arrow";

/** A table that gets a batch from each block. */
interface BlockTable {
  readonly shape: TableShape;
  /** Null, or a batch without rows, for a block that adds nothing. */
  batch(block: BlockResult): RecordBatch | null;
}

interface OpenTable {
  readonly name: string;
  readonly table: BlockTable;
  readonly output: ArrowOutput;
  /** The file was begun again though blocks have been done before. */
  readonly isLost: boolean;
}

/** What a summary leaves: statistics for an ensemble, a state for a shard. */
export type Conclusion =
  | { readonly kind: "statistics"; readonly statistics: StatisticsByContrast }
  | { readonly kind: "shard"; readonly state: SummaryState };

export class ResultsWriter {
  readonly #folder: string;
  readonly #partial: string;
  readonly #catalog: Catalog;
  readonly #note: ColumnNote;
  readonly #force: boolean;
  readonly #keep: Keep;
  readonly #lock: RunLock;
  /** Files made so far, as relative paths. */
  readonly #files: string[] = [];
  readonly #checksums = new Map<string, string>();
  readonly #tables: OpenTable[] = [];
  /** Opens a table that gets no rows from most runs, when it gets some or everything is completed. */
  #openLate: (() => void) | null = null;
  readonly #resumed: Resumed | null;
  #isOpen = true;
  #lastBlock = -1;
  /** Blocks whose rows are in the files. */
  #blocks = 0;

  /**
   * Makes the partial folder with its manifest and catalog, or takes up one that a run has left.
   * @throws ResultsError if the folder or its partial folder exists and may not be replaced or gone on with, or cannot be
   *   written.
   */
  constructor(folder: string, options: ResultsOptions) {
    const { catalog, manifest, force = false, resume = false, keep = KEEP_ALL, shard } = options;
    this.#folder = resolve(folder);
    this.#partial = partialFolder(this.#folder);
    this.#catalog = catalog;
    this.#force = force;
    this.#keep = keep;
    const text = manifestText(manifest, shard);
    this.#note = { format: RESULTS_FORMAT, model: catalog.model, manifest };
    const isTakenUp = makePartial(this.#folder, { force, resume, manifest: text });
    this.#lock = new RunLock(this.#partial);
    try {
      const left = isTakenUp ? takeUpPartial(this.#partial) : null;
      if (!isTakenUp) this.#checksums.set(this.#newFile(MANIFEST_FILE), writeManifest(this.#partial, text));
      else this.#checksums.set(MANIFEST_FILE, hashFile(join(this.#partial, MANIFEST_FILE)));
      this.#writeText(CATALOG_FILE, canonicalFile(catalog));
      this.#openTables(left?.note.files);
      const lost = this.#tables.filter(({ isLost }) => isLost).map(({ name }) => name);
      this.#resumed = left && { blocks: left.note.blocks, state: left.state, lost };
      this.#blocks = left?.note.blocks ?? 0;
      syncFolder(this.#partial);
    } catch (thrown) {
      if (isTakenUp) this.suspend();
      else this.abandon();
      throw thrown;
    }
  }

  /** Where the results are until they are whole. */
  get partialFolder(): string {
    return this.#partial;
  }

  /** Where the run goes on; null for one that begins. */
  get resumed(): Resumed | null {
    return this.#resumed;
  }

  /**
   * Writes a block to every table. The block's arrays are only read.
   * @throws ResultsError if the disk does not take it; Error if blocks do not come in the order of their numbers, on which the
   *   bytes of the files depend.
   */
  addBlock(block: BlockResult): void {
    if (block.block <= this.#lastBlock) throw new Error(`block ${block.block} comes after block ${this.#lastBlock}`);
    this.#lastBlock = block.block;
    this.#blocks += 1;
    if (block.failures.length > 0) this.#openRest();
    for (const table of this.#tables) writeBlock(table, block);
  }

  /** Writes a block that was done before to the files that have lost it; in order, and before any other block. */
  repairBlock(block: BlockResult): void {
    for (const table of this.#tables) if (table.isLost) writeBlock(table, block);
  }

  /**
   * Takes over all rows of another folder, whose blocks come after those that are here.
   * @throws ResultsError if a file of it is missing or damaged, or the disk does not take it.
   */
  copyRows(folder: string): void {
    this.#openRest();
    for (const { name, output } of this.#tables) output.copyBatches(join(folder, name));
  }

  /**
   * Brings all rows to the disk, and with them the state of the summary of the same blocks: from here the run can go on.
   * @throws ResultsError if the disk does not take it; what was secured before is then still there.
   */
  secure(state: SummaryState): void {
    const files: Record<string, WrittenPart> = {};
    for (const { name, output } of this.#tables) {
      output.sync();
      files[name] = { bytes: output.position, sha256: output.sha256 };
    }
    const note: ResumeNote = { blocks: this.#blocks, files };
    writeState(join(this.#partial, RESUME_FILE), note, state);
  }

  /**
   * Completes all files and gives the folder its final name.
   * @param conclusion The statistics, or what a shard brings to those of the ensemble.
   * @param provenance When, where and how: whatever does not determine the numbers.
   * @returns The folder.
   * @throws ResultsError if the disk does not take it, or the final name has been taken meanwhile.
   */
  finish(conclusion: StatisticsByContrast | Conclusion, provenance: object): string {
    this.#openRest();
    for (const { name, output } of this.#tables) {
      output.finish();
      this.#checksums.set(name, output.sha256);
    }
    const concluded = "kind" in conclusion ? conclusion : { kind: "statistics" as const, statistics: conclusion };
    if (concluded.kind === "statistics") {
      const { statistics } = concluded;
      this.#writeTable("summary.arrow", summaryTable(this.#catalog, statistics, this.#note));
      this.#writeTable("targets.arrow", targetsTable(this.#catalog, statistics.targets, this.#note));
    } else {
      const path = join(this.#partial, this.#newFile(SHARD_FILE));
      writeState(path, {}, concluded.state);
      this.#checksums.set(SHARD_FILE, hashFile(path));
    }
    this.#writeText(PROVENANCE_FILE, canonicalFile(provenance), false);
    this.#writeText(CHECKSUM_FILE, this.#checksumText(), false);
    if (existsSync(join(this.#partial, "runs"))) syncFolder(join(this.#partial, "runs"));
    rmSync(join(this.#partial, RESUME_FILE), { force: true });
    syncFolder(this.#partial);
    this.#isOpen = false;
    this.#lock.release();
    moveIntoPlace(this.#partial, this.#folder, this.#force);
    return this.#folder;
  }

  /** Leaves the partial folder as it is, so that a later run can go on. Nothing happens after `finish`. */
  suspend(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    for (const { output } of this.#tables) output.release();
    this.#lock.release();
  }

  /** Removes the partial folder, as far as this writer has made it. Nothing happens after `finish` or `suspend`. */
  abandon(): void {
    if (!this.#isOpen) return;
    this.suspend();
    for (const file of [...this.#files, RESUME_FILE]) removeIfThere(() => unlinkSync(join(this.#partial, file)));
    removeIfThere(() => rmdirSync(join(this.#partial, "runs")));
    removeIfThere(() => rmdirSync(this.#partial));
  }

  #openTables(parts: Readonly<Record<string, WrittenPart>> | undefined): void {
    const catalog = this.#catalog;
    for (const [position, table] of catalog.tables.entries()) {
      if (keptIndicators(this.#keep, table).length === 0) continue;
      mkdirSync(join(this.#partial, "runs"), { recursive: true });
      this.#openTable(`runs/${table.name}.arrow`, new RunsTable(catalog, position, this.#note, this.#keep), parts);
    }
    if (this.#keep.kind !== "summary") {
      this.#openTable("draws.arrow", new DrawsTable(catalog, this.#note, this.#keep), parts);
    }
    const { checkpoint } = catalog;
    if (checkpoint) this.#openTable(CHECKPOINT_FILE, new CheckpointTable(checkpoint, this.#note), parts);
    // A run that keeps no rows needs Arrow's library, and its memory, only for this table: for most, when all is done.
    this.#openLate = () => this.#openTable(FAILURES_FILE, new FailuresTable(catalog, this.#note), parts);
    if (parts?.[FAILURES_FILE] !== undefined) this.#openRest();
    else rmSync(join(this.#partial, FAILURES_FILE), { force: true });
  }

  #openRest(): void {
    const open = this.#openLate;
    this.#openLate = null;
    open?.();
  }

  #openTable(name: string, table: BlockTable, parts: Readonly<Record<string, WrittenPart>> | undefined): void {
    const path = join(this.#partial, this.#newFile(name));
    const part = parts?.[name];
    const taken = part && openPart(path, table.shape.empty(), part);
    const output = taken ?? new ArrowOutput(path, table.shape.empty());
    this.#tables.push({ name, table, output, isLost: part !== undefined && taken === undefined });
  }

  #writeTable(name: string, { shape, batches }: { shape: TableShape; batches: Iterable<RecordBatch> }): void {
    const output = new ArrowOutput(join(this.#partial, this.#newFile(name)), shape.empty());
    try {
      for (const batch of batches) output.write(batch);
      output.finish();
      this.#checksums.set(name, output.sha256);
    } finally {
      output.release();
    }
  }

  #writeText(name: string, text: string, isSummed = true): void {
    const sha256 = writeTextFile(join(this.#partial, this.#newFile(name)), text);
    if (isSummed) this.#checksums.set(name, sha256);
  }

  #checksumText(): string {
    const lines = [...this.#checksums].map(([file, sha256]) => `${sha256}  ${file}\n`);
    return lines.sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1)).join("");
  }

  #newFile(name: string): string {
    this.#files.push(name);
    return name;
  }
}

/** Blocks add no batch to a table for which they have no rows. */
function writeBlock({ table, output }: OpenTable, block: BlockResult): void {
  const batch = table.batch(block);
  if (batch !== null && batch.numRows > 0) output.write(batch);
}

/** A file opened after the part that was secured; if it does not hold that part it is removed, and undefined returned. */
function openPart(path: string, empty: RecordBatch, part: WrittenPart): ArrowOutput | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return new ArrowOutput(path, empty, part);
  } catch (thrown) {
    const code = thrown instanceof ResultsError ? thrown.problem.code : "";
    if (code !== "truncated-file" && code !== "damaged-file") throw thrown;
    unlinkSync(path);
    return undefined;
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
