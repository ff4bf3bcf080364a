/** What runs a model, against the interpreter and each other. */
import { kernelCode } from "../../engine/ensemble/plan-kernel.ts";
import { applyNumerics } from "../../engine/ir/passes/apply-numerics.ts";
import { optimizeProgram } from "../../engine/ir/passes/optimize-program.ts";
import { compileKernel } from "../../engine/kernel/compile-kernel.ts";
import { markedForRevectorizer } from "../../workers/kernel-tier.ts";
import { tryRevectorizer } from "../../workers/revectorizer-trial.ts";
import { type Contender, duel, type Score } from "../duel.ts";
import { interpreter, javascript, kernel, type Machine, RUNS } from "../machines.ts";
import { type BenchModel, equationsOf, planOf } from "../models.ts";
import { digits, heading, ratio, say, table } from "../print.ts";

/** Names of the contenders that other suites speak of. */
const KERNEL = "kernel, 4 lanes";

/** @param slice milliseconds of a contender in a round */
export async function kernelSuite(models: readonly BenchModel[], slice: number): Promise<void> {
  heading("Kernel: time of a run on one thread");
  for (const model of models) await one(model, slice);
}

async function one(model: BenchModel, slice: number): Promise<void> {
  const plan = planOf(model, { draws: RUNS, blockDraws: RUNS });
  const plain = kernelCode(plan);
  const wide = markedForRevectorizer(kernelCode(plan, "for-revectorizer"));
  const verdict = tryRevectorizer(plan, plain, wide);
  const plainMachine = kernel(plan, plain);
  const machines: [string, Machine][] = [
    [KERNEL, plainMachine],
    [`${KERNEL}, again (A/A)`, plainMachine],
    ["kernel, 2 lanes", kernel(plan, compileKernel(optimizeProgram(plan.program), 2))],
    ["kernel, 4 lanes, no passes", kernel(plan, compileKernel(plan.program))],
    ["JavaScript, generated, scalar", javascript(plan)],
    ["interpreter", interpreter(plan)],
  ];
  const isWide = verdict.use || verdict.reason === "not-faster";
  if (isWide) machines.splice(2, 0, ["kernel, 4 lanes, revectorized", kernel(plan, wide, { revectorize: true })]);
  requireInterpretersBits(machines);
  machines.splice(-2, 0, ...ofFactors(model, isWide));
  const contenders = machines.map(([name, { run }]): Contender => ({ name, work: { here: run }, units: RUNS }));
  const scores = await duel(contenders, { slice });
  print(model, scores);
  if (!isWide) say(`  V8's revectorizer is not used: ${JSON.stringify(verdict)}`);
}

/** The edition in which exponentials of sums are products of factors, which has the bits of its own interpreter. */
function ofFactors({ model, program }: BenchModel, isWide: boolean): [string, Machine][] {
  const plan = planOf({ model, program: applyNumerics(program, "factors") }, { draws: RUNS, blockDraws: RUNS });
  const machines: [string, Machine][] = [["kernel, 4 lanes, numerics: factors", kernel(plan, kernelCode(plan))]];
  const wide = markedForRevectorizer(kernelCode(plan, "for-revectorizer"));
  if (isWide && tryRevectorizer(plan, kernelCode(plan), wide).use)
    machines.push(["kernel, 4 lanes, revectorized, numerics: factors", kernel(plan, wide, { revectorize: true })]);
  requireInterpretersBits([...machines, ["interpreter", interpreter(plan)]]);
  return machines;
}

function print({ name, program }: BenchModel, scores: readonly Score[]): void {
  const equations = equationsOf(program);
  const evaluations = equations * program.clock.steps;
  const slowest = scores.at(-1)!;
  say(`\n${name}: ${equations.toLocaleString("en-US")} equations a step, ${program.clock.steps} steps`);
  table(
    ["", "µs a run", "ns an equation", "× interpreter", `× ${KERNEL} (quartiles)`],
    scores.map((s) => [
      s.name,
      digits(s.time * 1000),
      digits((s.time * 1e6) / evaluations),
      digits(slowest.time / s.time),
      ratio(s),
    ]),
  );
}

/** The last machine is the interpreter. */
function requireInterpretersBits(machines: readonly (readonly [string, Machine])[]): void {
  const [, reference] = machines.at(-1)!;
  reference.run();
  const expected = reference.outputs();
  for (const [name, machine] of machines) {
    machine.run();
    for (const [i, value] of machine.outputs().entries()) {
      if (!Object.is(value, expected[i])) throw new Error(`${name}: number ${i} is ${value}, not ${expected[i]}`);
    }
  }
}
