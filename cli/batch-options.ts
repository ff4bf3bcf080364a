/** The options of `run` that say what part of an ensemble is run, how far, into which folder, and what is kept of it. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../engine/diagnostics/diagnostic.ts";
import { allKnown } from "../engine/diagnostics/known-name.ts";
import type { Catalog } from "../engine/ensemble/catalog.ts";
import { ownIndicator } from "../engine/ensemble/foreign-columns.ts";
import type { EnsemblePlan } from "../engine/ensemble/plan.ts";
import type { EnsembleSummary } from "../engine/statistics/ensemble-summary.ts";
import { applyStopRule, parseStopRule } from "../engine/statistics/stop-rule.ts";
import { type Keep, parseKeep } from "../output/results/keep.ts";
import { manifestDifferences, readManifest, shardOf } from "../output/results/manifest.ts";
import { ResultsError } from "../output/results/results-error.ts";
import { blockCount } from "../workers/block-plan.ts";
import { batchManifest, type RunInputs } from "./batch-manifest.ts";

export interface BatchArguments {
  readonly out: string | undefined;
  /** `K/N`: the part of the blocks to run. */
  readonly shard: string | undefined;
  /** What is kept of the runs, as `parseKeep` reads it. */
  readonly keep: string;
  /** A stopping rule, as `parseStopRule` reads it. */
  readonly until: string | undefined;
}

/** What a run of the command line comes down to. */
export interface Batch {
  readonly plan: EnsemblePlan;
  readonly inputs: RunInputs;
  readonly folder: string;
  readonly manifest: Readonly<Record<string, unknown>>;
  readonly keep: Keep;
  readonly shard: { readonly index: number; readonly of: number } | undefined;
  readonly isEnough: ((summary: EnsembleSummary) => boolean) | undefined;
  readonly started: Date;
}

export function batchOf(plan: EnsemblePlan, inputs: RunInputs, options: BatchArguments): Batch {
  const keep = chosenKeep(options.keep, plan.catalog);
  const shard = options.shard === undefined ? undefined : chosenShard(options.shard, plan);
  const isEnough = options.until === undefined ? undefined : chosenRule(options.until, plan, shard !== undefined);
  const name = plan.catalog.model.name;
  const folder = options.out ?? join("results", shard ? `${name}.shard-${shard.index}-of-${shard.of}` : name);
  const manifest = batchManifest(plan, inputs, keep, options.until?.trim());
  return { plan, inputs, folder, manifest, keep, shard, isEnough, started: new Date() };
}

/** @throws UsageError for a text that is no `--keep`, or names no indicator. */
export function chosenKeep(text: string, catalog: Catalog): Keep {
  const keep = parseKeep(text);
  if (keep === null) throw new UsageError(`invalid --keep: ${text} (all, summary, every:10, or names of indicators)`);
  const names = catalog.indicators.map((indicator) => indicator.name);
  if (keep.kind !== "indicators") return keep;
  const own = keep.names.map((name) => ownIndicator(catalog, name));
  return { ...keep, names: allKnown(own, names, "indicator") };
}

function chosenShard(text: string, plan: EnsemblePlan): { index: number; of: number } {
  const [index, of] = (/^(\d+)\/(\d+)$/.exec(text)?.slice(1) ?? []).map(Number);
  const blocks = blockCount(plan);
  if (index === undefined || of === undefined || index < 1 || index > of)
    throw new UsageError(`invalid --shard: ${text} (for example 2/4, the second of four)`);
  if (of > blocks)
    throw new UsageError(`invalid --shard: ${text} (there are ${blocks} blocks of ${plan.blockDraws} draws)`);
  return { index, of };
}

function chosenRule(text: string, plan: EnsemblePlan, isShard: boolean): (summary: EnsembleSummary) => boolean {
  const rule = parseStopRule(text);
  if (rule === null) throw new UsageError(`invalid --until: ${text} (for example "gdp@2035 p50 se < 0.1")`);
  if (isShard) throw new UsageError("invalid --until: a shard cannot tell when all shards have enough draws");
  if (plan.design.kind !== "monte-carlo" || plan.replications > 1)
    throw new UsageError(
      "invalid --until: it needs independent draws, those of the design monte-carlo without replications",
    );
  const own = { ...rule, indicator: ownIndicator(plan.catalog, rule.indicator) };
  const isEnough = applyStopRule(own, plan.catalog);
  if (typeof isEnough === "string") throw new UsageError(`invalid --until: ${text} (${isEnough})`);
  return isEnough;
}

/** Whether the results that are wanted are there, all of them. @throws ResultsError if the folder holds those of another run. */
export function isComplete({ folder, manifest, shard }: Batch): boolean {
  if (!existsSync(folder)) return false;
  const { format: _, shard: made, ...there } = readManifest(folder);
  // What JSON leaves out counts as not given.
  const differences = manifestDifferences(there, JSON.parse(JSON.stringify(manifest)));
  const part = (of: { readonly index: number; readonly of: number } | undefined) =>
    of ? `${of.index}/${of.of}` : "none";
  const [then, now] = [part(shardOf({ shard: made })), part(shard)];
  if (then !== now) differences.push(`shard was ${then} and is ${now}`);
  if (differences.length > 0) throw new ResultsError({ code: "other-run", path: folder, differences });
  return true;
}
