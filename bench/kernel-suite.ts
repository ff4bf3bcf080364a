/** Kernel against interpreter, passes on against off, and the same against itself: checked first, then timed in one run. */
import { Bench } from "tinybench";
import { buildCatalog } from "../engine/ensemble/build-catalog.ts";
import { type EnsemblePlan, planEnsemble } from "../engine/ensemble/plan.ts";
import { createBlockRunner } from "../engine/ensemble/run-block.ts";
import { optimizeProgram } from "../engine/ir/passes/optimize-program.ts";
import type { Program } from "../engine/ir/program.ts";
import { compileKernel } from "../engine/kernel/compile-kernel.ts";
import type { Model } from "../engine/model/model.ts";
import { withOptimizingTier } from "../workers/optimizing-tier.ts";

export interface Contender {
  readonly name: string;
  /** Middle time of a block, in milliseconds, and half the distance of its quartiles. */
  readonly median: number;
  readonly samples: number;
}

export interface SuiteResult {
  readonly runs: number;
  /** Vector instructions of arithmetic that a run takes, as the kernel counts them. */
  readonly arithmeticPerRun: number;
  readonly emitMilliseconds: number;
  readonly optimizeMilliseconds: number;
  readonly moduleBytes: number;
  readonly contenders: readonly Contender[];
}

const DRAWS = 32;

/** Times one block of the first scenario by each contender. */
export async function kernelSuite(model: Model, program: Program, milliseconds: number): Promise<SuiteResult> {
  const catalog = buildCatalog(model, "bench", model.scenarios[0] ? [model.scenarios[0].name] : undefined);
  const plan = planEnsemble(model, program, catalog, { seed: 1, draws: DRAWS, blockDraws: DRAWS });
  const began = performance.now();
  const optimized = compileKernel(optimizeProgram(program));
  const emitted = performance.now();
  const withCode = (code: ReturnType<typeof compileKernel>): EnsemblePlan => ({
    ...plan,
    kernel: { layout: code.layout, module: withOptimizingTier(() => new WebAssembly.Module(code.bytes)) },
  });
  const fast = withCode(optimized);
  const compiled = performance.now();
  const plans: [string, EnsemblePlan][] = [
    ["interpreter", plan],
    ["kernel, 4 lanes", fast],
    ["kernel, 4 lanes (again)", fast],
    ["kernel, 2 lanes", withCode(compileKernel(optimizeProgram(program), 2))],
    ["kernel, 4 lanes, no passes", withCode(compileKernel(program))],
  ];
  const runners = plans.map(([name, p]) => ({ name, run: createBlockRunner(p) }));
  const expected = runners[0]!.run(0);
  for (const { name, run } of runners) requireSame(name, expected.tables, run(0).tables);
  // A block of a large model takes the interpreter a second; a few samples show which is faster.
  const bench = new Bench({ time: milliseconds, iterations: 4, warmupTime: 0, warmupIterations: 1 });
  for (const { name, run } of runners) bench.add(name, () => void run(0));
  await bench.run();
  const step = optimized.profile.definitions.filter((d) => d.block === "step");
  return {
    runs: DRAWS * plan.scenarios.length,
    arithmeticPerRun: (step.reduce((n, d) => n + d.arithmetic, 0) * program.clock.steps) / 2,
    emitMilliseconds: emitted - began,
    optimizeMilliseconds: compiled - emitted,
    moduleBytes: optimized.bytes.length,
    contenders: bench.tasks.map(({ name, result }) => {
      if (!("latency" in result)) throw new Error(`no measurement of ${name}`);
      return { name, median: result.latency.p50, samples: result.latency.samplesCount };
    }),
  };
}

/** A benchmark of wrong results is worth nothing. */
function requireSame(name: string, expected: readonly Float64Array[], found: readonly Float64Array[]): void {
  for (const [t, table] of expected.entries()) {
    for (const [i, value] of table.entries()) {
      if (!Object.is(value, found[t]![i])) throw new Error(`${name}: number ${i} of table ${t} differs`);
    }
  }
}
