/** Adds a compiled kernel to a plan, once, before the plan goes to the threads. */
import { optimizeProgram } from "../ir/passes/optimize-program.ts";
import { compileKernel, type KernelCode } from "../kernel/compile-kernel.ts";
import type { KernelForm } from "../kernel/kernel-form.ts";
import type { EnsemblePlan } from "./plan.ts";

/** Code of a plan's kernel. */
export function kernelCode(plan: EnsemblePlan, form: KernelForm = "plain"): KernelCode {
  return compileKernel(optimizeProgram(plan.program), 4, { form });
}

/** The same ensemble, to be run by a kernel: the same results, bit for bit, in less time. */
export function withKernel(plan: EnsemblePlan, code: KernelCode = kernelCode(plan)): EnsemblePlan {
  return { ...plan, kernel: { layout: code.layout, module: new WebAssembly.Module(code.bytes) } };
}
