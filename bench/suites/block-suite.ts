/** Where the time of a block goes: drawing parameters and noise, the kernel, and what is left for copying results. */
import { kernelCode, withKernel } from "../../engine/ensemble/plan-kernel.ts";
import { createBlockRunner } from "../../engine/ensemble/run-block.ts";
import { DrawSampler } from "../../engine/ensemble/sample-draws.ts";
import { periods } from "../../engine/kernel/layout.ts";
import { withOptimizingTier } from "../../workers/optimizing-tier.ts";
import { type Contender, duel } from "../duel.ts";
import { kernel, RUNS } from "../machines.ts";
import { type BenchModel, planOf } from "../models.ts";
import { digits, heading, percent, table } from "../print.ts";

const DRAWS = 32;

export async function blockSuite(models: readonly BenchModel[], slice: number): Promise<void> {
  heading("A block of 32 draws of one scenario: shares of its time");
  const rows: string[][] = [];
  for (const model of models) rows.push(await one(model, slice));
  table(["", "µs a run", "parameters", "noise", "kernel", "the rest"], rows);
}

async function one(model: BenchModel, slice: number): Promise<string[]> {
  const plan = planOf(model, { draws: DRAWS, blockDraws: DRAWS });
  const runner = createBlockRunner(withOptimizingTier(() => withKernel(plan)));
  const sampler = new DrawSampler(plan);
  const memory = new Float64Array(plan.program.slotCount * RUNS);
  const groups = Array.from({ length: DRAWS / RUNS }, (_, g) => ({ scenario: 0, from: g * RUNS, used: RUNS }));
  const parameters = () => {
    const sampled = sampler.sample(0, DRAWS);
    for (const group of groups) sampler.load(sampled, group, memory, RUNS);
  };
  const sampled = sampler.sample(0, DRAWS);
  const noises = plan.program.noise.map((noise) => ({ noise, out: new Float64Array(noise.size * RUNS) }));
  const noise = () => {
    for (const group of groups) {
      for (const { noise: of, out } of noises) {
        for (let period = 0; period < periods(plan.program, of); period++) {
          sampler.innovations(of, of.firstIndex + period, sampled, group, out, RUNS);
        }
      }
    }
  };
  const contenders: Contender[] = [
    { name: "block", work: { here: () => void runner(0) }, units: DRAWS },
    { name: "parameters", work: { here: parameters }, units: DRAWS },
    { name: "noise", work: { here: noise }, units: DRAWS },
    { name: "kernel", work: { here: kernel(plan, kernelCode(plan)).run }, units: RUNS },
  ];
  const [block, ...parts] = await duel(contenders, { slice });
  const shares = parts.map((part) => 1 / part.speed);
  const rest = 1 - shares.reduce((sum, share) => sum + share);
  return [model.name, digits(block!.time * 1000), ...shares.map(percent), percent(Math.max(0, rest))];
}
