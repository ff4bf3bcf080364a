/** The option `--start-from RESULTS@TIME`: runs that go on from the states that results keep. */
import { createHash } from "node:crypto";
import { UsageError } from "../engine/diagnostics/diagnostic.ts";
import { withStart } from "../engine/ensemble/continue-run.ts";
import { DESIGN_KINDS } from "../engine/ensemble/designs/design.ts";
import type { EnsembleOptions, EnsemblePlan } from "../engine/ensemble/plan.ts";
import { manifestDifferences } from "../output/results/manifest.ts";
import { type Checkpoint, openCheckpoint } from "../output/results/read-checkpoint.ts";
import { ResultsError } from "../output/results/results-error.ts";
import type { ContinuedPlan } from "../workers/continued-blocks.ts";
import { NUMERICS_EDITIONS } from "./numerics-editions.ts";

/** What runs go on from. */
export interface StartFrom {
  /** The results folder. */
  readonly folder: string;
  readonly checkpoint: Checkpoint;
}

/** Names a part of a model in a checkpoint; 64 bits are enough to tell a change. */
export const partHash = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);

/**
 * @throws UsageError for a text of another form, or a time that is not that of the states; ResultsError if the results keep no
 *   states, or were computed with another edition of the numerics.
 */
export function openStart(text: string): StartFrom {
  const at = text.lastIndexOf("@");
  const time = Number(text.slice(at + 1));
  if (at < 1 || text.slice(at + 1).trim() === "" || !Number.isFinite(time))
    throw new UsageError(`invalid --start-from: ${text} (for example results/yunnan@2025)`);
  const folder = text.slice(0, at);
  const checkpoint = openCheckpoint(folder);
  const kept = checkpoint.checkpoint.time;
  if (kept !== time) throw new UsageError(`invalid --start-from: ${text} (the states are those of ${kept})`);
  const { numerics } = checkpoint.manifest;
  const known = Object.values(NUMERICS_EDITIONS);
  const differences = manifestDifferences({ numerics }, { numerics: known[0] });
  if (!known.some((edition) => edition === numerics))
    throw new ResultsError({ code: "other-model", path: folder, differences });
  return { folder, checkpoint };
}

/** How the draws were sampled whose states there are; runs that go on have the same. */
export function samplingOf({ checkpoint }: StartFrom): EnsembleOptions {
  const { manifest } = checkpoint;
  // Written by batchManifest.
  const replications = Number(manifest.replications);
  return {
    seed: Number(manifest.seed),
    draws: Number(manifest.draws) / replications,
    design: DESIGN_KINDS.find((kind) => kind === manifest.design)!,
    replicates: Number(manifest.replicates),
    replications,
    blockDraws: Number(manifest.blockDraws),
  };
}

/** @throws ResultsError if the model or the past of a scenario is not that of the states; the message names each difference. */
export function startAt(plan: EnsemblePlan, { folder, checkpoint }: StartFrom): ContinuedPlan {
  const started = withStart(plan, checkpoint, partHash);
  if (!("program" in started)) throw new ResultsError({ code: "other-model", path: folder, differences: started });
  const { time, state, scenarios } = checkpoint.checkpoint;
  const layout = { time, state, scenarios: scenarios.map(({ name }) => ({ name })) };
  return { ...started, states: { path: checkpoint.path, layout } };
}

export function isContinued(plan: EnsemblePlan): plan is ContinuedPlan {
  return plan.start !== null;
}
