/** Everything that can run a program, each for the same four runs: draws 0 to 3 of the first scenario. */
import { setFlagsFromString } from "node:v8";
import type { EnsemblePlan } from "../engine/ensemble/plan.ts";
import { DrawSampler } from "../engine/ensemble/sample-draws.ts";
import { Interpreter } from "../engine/ir/interpreter.ts";
import type { NoiseSlots, Program } from "../engine/ir/program.ts";
import { type RunInputs, readOutput, runProgram } from "../engine/ir/run-program.ts";
import type { KernelCode } from "../engine/kernel/compile-kernel.ts";
import { Kernel } from "../engine/kernel/kernel.ts";
import { withOptimizingTier } from "../workers/optimizing-tier.ts";
import { GeneratedMachine } from "./generated-javascript.ts";

/** Runs of a machine's work. */
export const RUNS = 4;

export interface Machine {
  readonly run: () => void;
  /** What the last run saved: [row][cell][run]. */
  readonly outputs: () => Float64Array;
}

/** Inputs of some runs, sampled once, so that only the model is timed. */
export function fixedInputs(plan: EnsemblePlan, from: number, lanes: number): RunInputs {
  const sampler = new DrawSampler(plan);
  const sampled = sampler.sample(0, RUNS);
  const group = { scenario: 0, from, used: lanes };
  const memory = new Float64Array(plan.program.slotCount * lanes);
  sampler.load(sampled, group, memory, lanes);
  const innovations = new Map<string, Float64Array>();
  return {
    load: (target) => target.set(memory),
    innovations: (noise: NoiseSlots, index: number, out: Float64Array) => {
      const key = `${noise.name} ${index}`;
      let known = innovations.get(key);
      if (!known) {
        known = new Float64Array(out.length);
        sampler.innovations(noise, index, sampled, group, known, lanes);
        innovations.set(key, known);
      }
      out.set(known);
    },
  };
}

export const interpreter = (plan: EnsemblePlan): Machine => scalarMachine(plan, new Interpreter(plan.program, RUNS));

export const javascript = (plan: EnsemblePlan): Machine => scalarMachine(plan, new GeneratedMachine(plan.program));

function scalarMachine(plan: EnsemblePlan, machine: Interpreter): Machine {
  const { program } = plan;
  const { lanes } = machine;
  const cells = cellsOf(program);
  const rows = Math.floor(program.clock.steps / program.clock.stepsPerSave) + 1;
  const outputs = new Float64Array(rows * cells * RUNS);
  const groups = Array.from({ length: RUNS / lanes }, (_, g) => fixedInputs(plan, g * lanes, lanes));
  const save = (row: number, first: number): void => {
    let at = row * cells * RUNS + first;
    for (const output of program.outputs) {
      for (let e = 0; e < output.size; e++, at += RUNS) {
        for (let l = 0; l < lanes; l++) outputs[at + l] = readOutput(program, output, machine, e, l);
      }
    }
  };
  return {
    run: () => {
      for (const [g, inputs] of groups.entries()) {
        runProgram(program, machine, inputs, { save: (row) => save(row, g * lanes) });
      }
    },
    outputs: () => outputs,
  };
}

export function kernel(plan: EnsemblePlan, code: KernelCode, { revectorize = false } = {}): Machine {
  const module = withOptimizingTier(() => new WebAssembly.Module(code.bytes), { revectorize });
  requireOptimized(module);
  const { lanes } = code.layout;
  const machine = new Kernel(plan.program, code.layout, module);
  const groups = Array.from({ length: RUNS / lanes }, (_, g) => fixedInputs(plan, g * lanes, lanes));
  const cells = cellsOf(plan.program);
  const outputs = new Float64Array(code.layout.rows * cells * RUNS);
  return {
    run: () => {
      for (const [g, inputs] of groups.entries()) {
        machine.run(inputs);
        if (lanes === RUNS) continue;
        for (let i = 0; i < machine.outputs.length; i++) {
          outputs[Math.floor(i / lanes) * RUNS + g * lanes + (i % lanes)] = machine.outputs[i]!;
        }
      }
    },
    outputs: () => (lanes === RUNS ? machine.outputs : outputs),
  };
}

const cellsOf = (program: Program): number => program.outputs.reduce((n, o) => n + o.size, 0);

/** @throws Error if V8 has not compiled a module with its optimizing compiler */
function requireOptimized(module: WebAssembly.Module): void {
  const imports: Record<string, Record<string, (x: number) => number>> = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    imports[from] ??= {};
    imports[from][name] = (x) => x;
  }
  const { run } = new WebAssembly.Instance(module, imports).exports;
  setFlagsFromString("--allow-natives-syntax");
  const isOptimized = new Function("f", "return %IsTurboFanFunction(f)") as (f: unknown) => boolean;
  const answer = isOptimized(run);
  setFlagsFromString("--no-allow-natives-syntax");
  if (!answer) throw new Error("V8 has not optimized a kernel");
}
