/** A plan whose runs go on from saved states. */
import type { EnsemblePlan } from "../engine/ensemble/plan.ts";
import type { StatesLayout } from "../output/results/checkpoint-table.ts";

/** Plain data that crosses threads. */
export interface ContinuedPlan extends EnsemblePlan {
  readonly states: { readonly path: string; readonly layout: StatesLayout };
}

export function isContinued(plan: EnsemblePlan): plan is ContinuedPlan {
  return plan.start !== null;
}

/** The module whose runner computes such plans, as source or as built: with the extension of this file. */
export const CONTINUED_BLOCKS: URL = new URL(
  `./continued-blocks.${import.meta.url.endsWith(".ts") ? "ts" : "js"}`,
  import.meta.url,
);
