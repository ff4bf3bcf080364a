/** The option `--start-from RESULTS@TIME`: runs that go on from the states that results keep. */
import { createHash } from "node:crypto";
import { withStart } from "../engine/ensemble/continue-run.ts";
import { DESIGN_KINDS } from "../engine/ensemble/designs/design.ts";
import type { EnsembleOptions, EnsemblePlan } from "../engine/ensemble/plan.ts";
import type { Checkpoint } from "../output/results/read-checkpoint.ts";
import { ResultsError } from "../output/results/results-error.ts";
import type { ContinuedPlan } from "../workers/continued-plan.ts";

/** What runs go on from. */
export interface StartFrom {
  /** The results folder. */
  readonly folder: string;
  readonly checkpoint: Checkpoint;
}

/** Names a part of a model in a checkpoint; 64 bits are enough to tell a change. */
export const partHash = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);

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
