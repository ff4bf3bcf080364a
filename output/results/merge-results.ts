/** Joins the shards of an ensemble into the folder that a single run would have written, byte for byte. */
import { join, resolve } from "node:path";
import type { Catalog } from "../../engine/ensemble/catalog.ts";
import { createSummary, restoreSummary } from "../../engine/statistics/ensemble-summary.ts";
import { readJsonFile } from "./json-file.ts";
import { KEEP_ALL, parseKeep } from "./keep.ts";
import { type Manifest, manifestDifferences, readManifest, type Shard, shardOf } from "./manifest.ts";
import { ResultsError } from "./results-error.ts";
import { CATALOG_FILE, PROVENANCE_FILE, SHARD_FILE } from "./results-folder.ts";
import { ResultsWriter } from "./results-writer.ts";
import { readState } from "./state-file.ts";
import { SummaryScratch } from "./summary-scratch.ts";
import { assertUnchanged } from "./verify-results.ts";

export interface MergeOptions {
  readonly force?: boolean;
  /** Bytes up to which summaries are exact, as for the shards. */
  readonly exactBudget?: number;
  /** Bytes from which on a sketch is kept in pages of a file; default `LARGE_SUMMARY`. */
  readonly pagesFrom?: number;
  /** Facts about this merge for `provenance.json`; those of the shards are added under `shards`. */
  readonly provenance: object;
}

interface ShardFolder {
  readonly folder: string;
  /** Without the shard. */
  readonly manifest: Manifest;
  readonly shard: Shard;
}

/**
 * Merges all shards of one ensemble, given in any order.
 * @returns The folder.
 * @throws ResultsError if a shard is missing, given twice, damaged or of another ensemble, or the folder is taken.
 */
export function mergeResults(folders: readonly string[], out: string, options: MergeOptions): string {
  const shards = folders.map(readShard).sort((a, b) => a.shard.index - b.shard.index);
  assertComplete(shards);
  for (const { folder } of shards) assertUnchanged(folder);
  const first = shards[0]!;
  const { format: _, ...manifest } = first.manifest;
  // Written by the results writer.
  const catalog = readJsonFile(join(first.folder, CATALOG_FILE)) as unknown as Catalog;
  const keep = typeof manifest.keep === "string" ? parseKeep(manifest.keep) : null;
  const { force = false, exactBudget, pagesFrom } = options;
  const writer = new ResultsWriter(out, { catalog, manifest, force, keep: keep ?? KEEP_ALL });
  const draws = Number(manifest.draws);
  // A large summary has few of its contrasts in memory, and so has the shard's that is being added.
  const scratches: SummaryScratch[] = [];
  const pages = () => {
    const sizes = { draws, blockDraws: 0, ahead: 0 };
    const scratch = SummaryScratch.open(writer.partialFolder, { catalog, ...sizes, exactBudget, from: pagesFrom });
    if (scratch) scratches.push(scratch);
    return scratch?.pages;
  };
  try {
    const summary = createSummary(catalog, draws, exactBudget, pages());
    for (const { folder, shard } of shards) {
      if (shard.blocks === 0) continue;
      writer.copyRows(folder);
      const { state } = readState(join(folder, SHARD_FILE));
      summary.merge(restoreSummary(catalog, draws, state, exactBudget, pages()));
      if (scratches.length > 1) scratches.pop()!.close();
    }
    const provenances = shards.map(({ folder }) => readJsonFile(join(folder, PROVENANCE_FILE)));
    return writer.finish(summary.finishByContrast(), { ...options.provenance, shards: provenances });
  } finally {
    for (const scratch of scratches) scratch.close();
    writer.abandon();
  }
}

function readShard(folder: string): ShardFolder {
  const root = resolve(folder);
  const { shard, ...manifest } = readManifest(root);
  const read = shardOf({ shard });
  if (read === undefined) throw noMerge(`"${root}" is not a shard`);
  return { folder: root, manifest, shard: read };
}

/** @throws ResultsError unless the shards are those of one ensemble, each once. */
function assertComplete(shards: readonly ShardFolder[]): void {
  const first = shards[0];
  if (first === undefined) throw noMerge("none is given");
  for (const { folder, manifest, shard } of shards) {
    const differences = manifestDifferences(first.manifest, manifest);
    if (shard.of !== first.shard.of) differences.push(`it is one of ${shard.of}, not of ${first.shard.of}`);
    if (differences.length > 0) {
      throw noMerge(`"${folder}" is of another run than "${first.folder}": ${differences.join("; ")}`);
    }
  }
  const indices = shards.map(({ shard }) => shard.index);
  const twice = shards.find(({ shard }, i) => indices.indexOf(shard.index) !== i);
  if (twice !== undefined) throw noMerge(`shard ${twice.shard.index} is given twice`);
  const missing = Array.from({ length: first.shard.of }, (_, i) => i + 1).filter((index) => !indices.includes(index));
  if (missing.length > 0) throw noMerge(`of ${first.shard.of} shards these are missing: ${missing.join(", ")}`);
}

function noMerge(cause: string): ResultsError {
  return new ResultsError({ code: "no-merge", cause });
}
