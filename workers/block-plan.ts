/** How an ensemble is cut into blocks; the part of an ensemble's plan that the workers need to know. */
import type { BlockResult } from "../engine/ensemble/block-result.ts";
import type { BlockRun, RowWatch } from "../engine/ensemble/run-block.ts";

/** Plain data that can be sent to a thread. An `EnsemblePlan` is one. */
export interface BlockPlan {
  /** Draws of the whole ensemble. */
  readonly draws: number;
  /** Draws of a block; the last block may be shorter. */
  readonly blockDraws: number;
  readonly catalog: { readonly scenarios: readonly unknown[] };
}

/** What a runner module exports: it prepares a plan once and then computes any block of it, as a pure function. */
export interface RunnerModule<Plan extends BlockPlan> {
  createBlockRunner(plan: Plan): RunBlock;
}

/** Computes a block; see `BlockRun` of the engine, of which a runner may have less. */
export interface RunBlock {
  (block: number, watch?: RowWatch): BlockResult;
  readonly withoutTables?: BlockRun["withoutTables"];
}

export function blockCount(plan: BlockPlan): number {
  return Math.ceil(plan.draws / plan.blockDraws);
}

/** First draw of a block, and the number of its draws. */
export function blockDraws(plan: BlockPlan, block: number): { firstDraw: number; draws: number } {
  const firstDraw = block * plan.blockDraws;
  return { firstDraw, draws: Math.min(plan.blockDraws, plan.draws - firstDraw) };
}

/** Imports a runner module and prepares the plan. */
export async function loadRunner(module: string, plan: BlockPlan): Promise<RunBlock> {
  // The module's type cannot be checked by the compiler, since its address is only known at run time.
  const loaded = (await import(module)) as Partial<RunnerModule<BlockPlan>>;
  if (typeof loaded.createBlockRunner !== "function") throw new Error(`${module} does not export createBlockRunner`);
  return loaded.createBlockRunner(plan);
}
