/** What a thread needs to make digests of the blocks that it computes. */
import type { Catalog } from "../engine/ensemble/catalog.ts";
import type { EnsemblePlan } from "../engine/ensemble/plan.ts";
import { savedRows } from "../engine/ensemble/run-block.ts";
import { savedShape } from "../engine/statistics/row-digester.ts";
import type { SharedBins } from "../engine/statistics/shared-bins.ts";
import { digestCode } from "../engine/statistics/vector/digest-module.ts";
import type { ScratchForDigests } from "../output/results/summary-scratch.ts";
import type { BlockPlan } from "./block-plan.ts";
import { withOptimizingTier } from "./optimizing-tier.ts";

/** Plain data that crosses threads. */
export interface DigestPlan {
  /** See `SharedBins`. */
  readonly bins: ArrayBufferLike;
  /** Code that takes the rows of runs; without it digests are made of whole blocks. */
  readonly module: WebAssembly.Module | undefined;
  /** Nobody wants the values of a block of which there is a digest: most of the memory of a large model. */
  readonly suffices: boolean;
  /** Where knots and digests are, for a summary that has pages for them. */
  readonly scratch: ScratchForDigests | undefined;
}

/**
 * @param bins of the summary to which the blocks are added
 * @param scratch where that summary has its pages
 */
export function planDigests(
  plan: BlockPlan & { readonly catalog: Catalog },
  bins: SharedBins,
  suffices = false,
  scratch?: ScratchForDigests,
): DigestPlan {
  const module = isEnsemblePlan(plan) ? compileDigester(plan) : undefined;
  return { bins: bins.buffer, module, suffices, scratch };
}

/** Runners of tests have plans of their own. */
function isEnsemblePlan(plan: BlockPlan): plan is EnsemblePlan {
  return "program" in plan;
}

function compileDigester(plan: EnsemblePlan): WebAssembly.Module {
  const code = digestCode(savedShape(plan.catalog, savedRows(plan)));
  return withOptimizingTier(() => new WebAssembly.Module(code));
}
