/**
 * A kernel whose code has been chosen, by `kernel-tier.ts`, and how it becomes a module: apart from the choice, since whoever only runs a
 * plan needs no compiler of models.
 */
import type { EnsemblePlan } from "../engine/ensemble/plan.ts";
import type { KernelCode } from "../engine/kernel/compile-kernel.ts";
import { withOptimizingTier } from "./optimizing-tier.ts";
import type { Verdict } from "./revectorizer-verdict.ts";

/** What a kernel was compiled to, for the provenance of results. */
export interface KernelTier {
  readonly vectorBits: 128 | 256;
  readonly revectorizer: Verdict;
}

/** Plain data that crosses threads and processes; a compiled module does not leave its process. */
export interface ChosenKernel {
  readonly code: Pick<KernelCode, "bytes" | "layout">;
  readonly tier: KernelTier;
  /** Rough time of all runs in one thread, in seconds. */
  readonly seconds: number;
}

/** The plan with the kernel, compiled by V8's optimizing compiler. */
export function withChosenKernel(plan: EnsemblePlan, { code, tier }: Omit<ChosenKernel, "seconds">): EnsemblePlan {
  const { bytes, layout } = code;
  const revectorize = tier.revectorizer.use;
  return {
    ...plan,
    kernel: { layout, module: withOptimizingTier(() => new WebAssembly.Module(bytes), { revectorize }) },
  };
}
