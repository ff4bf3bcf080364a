/** How cost grows with draws, steps and places: the time of a unit must not rise. */
import { kernelCode, withKernel } from "../../engine/ensemble/plan-kernel.ts";
import { createBlockRunner } from "../../engine/ensemble/run-block.ts";
import { withOptimizingTier } from "../../workers/optimizing-tier.ts";
import { type Contender, duel } from "../duel.ts";
import { kernel, RUNS } from "../machines.ts";
import { equationsOf, planOf, synthetic } from "../models.ts";
import { digits, heading, table } from "../print.ts";

const STEPS = [2, 4, 8, 16, 32];
const PLACES = [1, 4, 16, 64];
const DRAWS = [32, 128, 512, 2048];

export async function linearitySuite(slice: number): Promise<void> {
  heading("Growth: cost of a unit, against that of the smallest (1 is linear, less is better)");
  await grow("draws, 4 places (a draw)", DRAWS, ofDraws(), slice);
  await grow("steps a year, 16 places (a step)", STEPS, ofSteps(), slice);
  await grow("places (an equation; there are more than twice as many for twice the places)", PLACES, ofPlaces(), slice);
}

async function grow(
  title: string,
  sizes: readonly number[],
  contenders: readonly Contender[],
  slice: number,
): Promise<void> {
  const scores = await duel(contenders, { slice });
  table(
    [title, "ns", "cost of a unit", "quartiles"],
    scores.map((s, i) => [
      String(sizes[i]),
      digits(s.time * 1e6),
      digits(1 / s.speed),
      `${digits(1 / s.high)} – ${digits(1 / s.low)}`,
    ]),
  );
}

function ofDraws(): Contender[] {
  const { model, program } = synthetic(4);
  return DRAWS.map((draws) => {
    const plan = withOptimizingTier(() => withKernel(planOf({ model, program }, { draws })));
    const run = createBlockRunner(plan);
    const blocks = Math.ceil(draws / plan.blockDraws);
    const here = () => {
      for (let block = 0; block < blocks; block++) run(block);
    };
    return { name: `${draws}`, work: { here }, units: draws };
  });
}

function ofSteps(): Contender[] {
  return STEPS.map((steps) => {
    const model = synthetic(16, [["step: 1/8", `step: 1/${steps}`]]);
    const plan = planOf(model, { draws: RUNS, blockDraws: RUNS });
    const { run } = kernel(plan, kernelCode(plan));
    return { name: `${steps}`, work: { here: run }, units: RUNS * plan.program.clock.steps };
  });
}

function ofPlaces(): Contender[] {
  return PLACES.map((places) => {
    const plan = planOf(synthetic(places), { draws: RUNS, blockDraws: RUNS });
    const { run } = kernel(plan, kernelCode(plan));
    return {
      name: `${places}`,
      work: { here: run },
      units: RUNS * plan.program.clock.steps * equationsOf(plan.program),
    };
  });
}
