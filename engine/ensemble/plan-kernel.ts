/** Adds a compiled kernel to a plan, once, before the plan goes to the threads. */
import { optimizeProgram } from "../ir/passes/optimize-program.ts";
import { compileKernel } from "../kernel/compile-kernel.ts";
import type { EnsemblePlan } from "./plan.ts";

/** The same ensemble, to be run by a kernel: the same results, bit for bit, in less time. */
export function withKernel(plan: EnsemblePlan): EnsemblePlan {
  const { bytes, layout } = compileKernel(optimizeProgram(plan.program));
  return { ...plan, kernel: { layout, module: new WebAssembly.Module(bytes) } };
}
