/** The runner of a plan whose runs go on from saved states: the engine's, with the states of each block read from their file. */
import type { EnsemblePlan } from "../engine/ensemble/plan.ts";
import { createBlockRunner as createEngineRunner } from "../engine/ensemble/run-block.ts";
import type { StatesLayout } from "../output/results/checkpoint-table.ts";
import { CheckpointFile } from "../output/results/read-checkpoint.ts";

/** Plain data that crosses threads. */
export interface ContinuedPlan extends EnsemblePlan {
  readonly states: { readonly path: string; readonly layout: StatesLayout };
}

export function createBlockRunner(plan: ContinuedPlan): ReturnType<typeof createEngineRunner> {
  const file = new CheckpointFile(plan.states.path, plan.states.layout);
  return createEngineRunner(plan, (block) => file.block(block));
}

/** This module, as source or as built. */
export const CONTINUED_BLOCKS: URL = new URL(import.meta.url);
