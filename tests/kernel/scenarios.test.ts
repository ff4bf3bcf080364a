/** Every model in scenarios/: blocks by the kernel are those by the interpreter, byte for byte, tail blocks too. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadModel } from "../../cli/load-model.ts";
import type { BlockResult } from "../../engine/ensemble/block-result.ts";
import { buildCatalog } from "../../engine/ensemble/build-catalog.ts";
import { blockCount, type EnsemblePlan, planEnsemble } from "../../engine/ensemble/plan.ts";
import { withKernel } from "../../engine/ensemble/plan-kernel.ts";
import { createBlockRunner } from "../../engine/ensemble/run-block.ts";
import { optimizeProgram, PASSES } from "../../engine/ir/passes/optimize-program.ts";
import { verifyProgram } from "../../engine/ir/passes/verify-program.ts";
import { compileKernel } from "../../engine/kernel/compile-kernel.ts";

const FOLDER = join(import.meta.dirname, "..", "..", "scenarios");

function blocks(plan: EnsemblePlan): BlockResult[] {
  const run = createBlockRunner(plan);
  return Array.from({ length: blockCount(plan) }, (_, block) => run(block));
}

const NAMES = PASSES.map((p) => p.name);
/** Passes that are run, and lanes. */
const KERNELS = [
  ["all passes, 4 lanes", NAMES, 4],
  ["all passes, 2 lanes", NAMES, 2],
  ["no pass, 4 lanes", [], 4],
  ...NAMES.map((name) => [`all but ${name}, 4 lanes`, NAMES.filter((other) => other !== name), 4] as const),
] as const;

describe.each(readdirSync(FOLDER))("%s", (name) => {
  const { model, program } = loadModel(join(FOLDER, name));
  if (!model || !program) throw new Error(`scenarios/${name} is wrong: terrace check says where`);
  const names = [model.scenarios[0]!.name, model.scenarios.at(-1)!.name];
  const catalog = buildCatalog(model, "hash", [...new Set(names)]);
  // Blocks of 5 and 1: neither is a multiple of the kernel's lanes.
  const plan = planEnsemble(model, program, catalog, { seed: 3, draws: 6, blockDraws: 5 });
  const expected = blocks(plan);

  it.each(KERNELS)("gives the same blocks by kernel and interpreter: %s", (_, passes, lanes) => {
    const optimized = optimizeProgram(program, passes, verifyProgram);
    expect(blocks(withKernel(plan, compileKernel(optimized, lanes)))).toEqual(expected);
  });
});
