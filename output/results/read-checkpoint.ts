/** Reads the states that a results folder keeps: block by block, so that memory does not grow with the number of runs. */
import { closeSync, openSync, readSync } from "node:fs";
import { join, resolve } from "node:path";
import type { StartSource } from "../../engine/ensemble/continue-run.ts";
import type { BlockState } from "../../engine/ensemble/saved-state.ts";
import { numbers } from "./arrow-input.ts";
import { arrow } from "./arrow-library.ts";
import { type ArrowMessage, arrowMessages } from "./arrow-messages.ts";
import { CheckpointTable, type StatesLayout } from "./checkpoint-table.ts";
import { openResults } from "./open-results.ts";
import { ResultsError } from "./results-error.ts";
import { CHECKPOINT_FILE } from "./results-folder.ts";
import { assertFileUnchanged, readChecksums } from "./verify-results.ts";

export interface Checkpoint extends StartSource {
  readonly manifest: Readonly<Record<string, unknown>>;
  /** The file of states, and the SHA-256 of its bytes. */
  readonly path: string;
  readonly sha256: string;
}

/** @throws ResultsError if the folder keeps no states, or a file is missing or damaged. */
export function openCheckpoint(folder: string): Checkpoint {
  const root = resolve(folder);
  const results = openResults(root);
  const { catalog, manifest, summary } = results;
  const { checkpoint } = catalog;
  const path = join(root, CHECKPOINT_FILE);
  if (checkpoint === undefined) throw new ResultsError({ code: "no-checkpoint", path: root });
  assertFileUnchanged(root, CHECKPOINT_FILE);
  const position = new Map(catalog.scenarios.map(({ name }, i) => [name, i]));
  const failures = results.failures().map((failure) => ({ ...failure, scenario: position.get(failure.scenario)! }));
  const sha256 = readChecksums(root).get(CHECKPOINT_FILE)!;
  return { catalog, manifest, checkpoint, draws: summary.runs[0]!.runs, failures, path, sha256 };
}

/** The blocks of a file of states. The file stays open as long as the process runs. */
export class CheckpointFile {
  readonly #path: string;
  readonly #descriptor: number;
  readonly #batches: readonly ArrowMessage[];
  readonly #layout: StatesLayout;
  /** Schema, dictionaries and a batch without rows: with one batch of the file after it this is an Arrow stream. */
  readonly #head: Uint8Array;

  /** @throws ResultsError if the file is missing or damaged. */
  constructor(path: string, layout: StatesLayout) {
    this.#path = path;
    this.#batches = arrowMessages(path).filter(({ kind, rows }) => kind === "batch" && rows > 0);
    this.#descriptor = openSync(path, "r");
    this.#layout = layout;
    const empty = new CheckpointTable(layout, {}).shape.empty();
    this.#head = arrow().RecordBatchStreamWriter.writeAll([empty]).toUint8Array(true).subarray(0, -END.length);
  }

  /** @throws ResultsError if the block is not there or cannot be read. */
  block(number: number): BlockState {
    const batch = this.#batches[number];
    if (batch === undefined) throw new ResultsError({ code: "truncated-file", path: this.#path });
    const { offset, metaDataLength, bodyLength, rows } = batch;
    const table = arrow().tableFromIPC(
      Buffer.concat([this.#head, this.#read(offset, metaDataLength + bodyLength), END]),
    );
    const { scenarios, state } = this.#layout;
    return { draws: rows / scenarios.length, columns: state.map(({ name }) => numbers(table, name)) };
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #read(offset: number, length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    if (readSync(this.#descriptor, bytes, 0, length, offset) < length) {
      throw new ResultsError({ code: "truncated-file", path: this.#path });
    }
    return bytes;
  }
}

/** What ends a stream: the mark of a message, and a length of 0. */
const END = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0);
