/** `npm run bench`: what a run costs, on the models of scenarios/ and on a synthetic one that grows. Ratios hold on this machine only. */
import { existsSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { loadModel } from "../cli/load-model.ts";
import { compileModel } from "../engine/compile.ts";
import type { Program } from "../engine/ir/program.ts";
import type { Model } from "../engine/model/model.ts";
import { kernelSuite, type SuiteResult } from "./kernel-suite.ts";
import { syntheticModel } from "./synthetic-model.ts";

/** Time for each contender of a suite. */
const MILLISECONDS = Number(process.env.BENCH_MS ?? 2000);
const SIZES = [1, 4, 16, 64];

function synthetic(prefectures: number): { model: Model; program: Program } {
  const { model, program, diagnostics } = compileModel([{ path: "model.yaml", text: syntheticModel(prefectures) }]);
  if (!model || !program) throw new Error(`the synthetic model is wrong: ${JSON.stringify(diagnostics)}`);
  return { model, program };
}

function print(title: string, result: SuiteResult): void {
  const { contenders, runs, arithmeticPerRun } = result;
  const [interpreter, kernel] = contenders;
  process.stdout.write(
    `\n${title}: code in ${result.emitMilliseconds.toFixed(0)} ms, optimized by V8 in ${result.optimizeMilliseconds.toFixed(0)} ms, ` +
      `${result.moduleBytes} bytes\n`,
  );
  for (const { name, median, samples } of contenders) {
    const perRun = (median * 1000) / runs;
    const perOperation = (median * 1e6) / runs / arithmeticPerRun;
    const faster = `${(interpreter!.median / median).toFixed(1)} × interpreter`;
    const against = `${(kernel!.median / median).toFixed(2)} × kernel`;
    process.stdout.write(
      `  ${name.padEnd(28)} ${perRun.toFixed(1).padStart(9)} µs a run  ${perOperation.toFixed(3).padStart(8)} ns a vector operation  ` +
        `${faster.padStart(20)}  ${against.padStart(14)}  (${samples} samples)\n`,
    );
  }
}

process.stdout.write(`${cpus()[0]?.model ?? "unknown processor"}, ${cpus().length} cores, Node ${process.version}\n`);
process.stdout.write(
  "Every contender gives the interpreter's bits before it is timed. One core; a block of 32 runs.\n",
);
for (const name of (process.env.BENCH_MODELS ?? "teacup,yunnan").split(",")) {
  const folder = join(import.meta.dirname, "..", "scenarios", name);
  if (!existsSync(folder)) continue;
  const { model, program } = loadModel(folder);
  if (!model || !program) process.stdout.write(`\n${name}: the model has errors; terrace check shows them\n`);
  else print(name, await kernelSuite(model, program, MILLISECONDS));
}
for (const size of SIZES) {
  const { model, program } = synthetic(size);
  print(`synthetic, ${size} prefectures`, await kernelSuite(model, program, MILLISECONDS));
}
