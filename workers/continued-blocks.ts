/** The runner of a plan whose runs go on from saved states: the engine's, with the states of each block read from their file. */
import { createBlockRunner as createEngineRunner } from "../engine/ensemble/run-block.ts";
import { CheckpointFile } from "../output/results/read-checkpoint.ts";
import type { ContinuedPlan } from "./continued-plan.ts";

export function createBlockRunner(plan: ContinuedPlan): ReturnType<typeof createEngineRunner> {
  const file = new CheckpointFile(plan.states.path, plan.states.layout);
  return createEngineRunner(plan, (block) => file.block(block));
}
