/** For tests: whether a kernel and the interpreter give the same bits for a program, in every slot and at every save point. */
import { Interpreter } from "../ir/interpreter.ts";
import type { NoiseSlots, Program } from "../ir/program.ts";
import { type LaneFailure, readOutput, runProgram } from "../ir/run-program.ts";
import { compileKernel } from "../kernel/compile-kernel.ts";
import { instantiate } from "../kernel/kernel.ts";
import type { Lanes } from "../kernel/layout.ts";
import { normalQuantile, streamOf, uniform } from "../numerics/index.ts";

export interface LaneInputs {
  readonly load: (memory: Float64Array, lanes: number) => void;
}

/** Standard normal or uniform innovations, other ones in every lane. */
export function innovationsOf(lanes: number): (noise: NoiseSlots, index: number, out: Float64Array) => void {
  return (noise, index, out) => {
    for (let e = 0; e < noise.size; e++) {
      for (let l = 0; l < lanes; l++) {
        const u = uniform(1, streamOf(noise.streams[e]!), l, index);
        out[e * lanes + l] = noise.process === "markov" ? u : normalQuantile(u);
      }
    }
  };
}

/**
 * Runs a program by both and lists what differs, at most ten: NaN payloads count as one NaN. After a failed step a lane is not
 * compared, since nobody sees its values.
 */
export function differences(program: Program, lanes: Lanes, { load }: LaneInputs): string[] {
  const kernel = instantiate(program, compileKernel(program, lanes));
  const machine = new Interpreter(program, lanes);
  const rows: Float64Array[] = [];
  const inputs = { load, innovations: innovationsOf(lanes) };
  const failures = runProgram(program, machine, inputs, { save: () => rows.push(readRow(program, machine)) });
  const status = kernel.run(inputs);
  const found: string[] = [];
  for (const [lane, failure] of failures.entries()) {
    const expected = failure?.step ?? Number.POSITIVE_INFINITY;
    if (status[lane] !== expected) found.push(`lane ${lane} failed at ${status[lane]}, interpreter at ${expected}`);
  }
  const numbers = kernel.layout.outputCells * lanes;
  for (const [row, values] of rows.entries()) {
    for (let i = 0; i < numbers; i++) {
      if (hasFailed(failures[i % lanes]!, row * program.clock.stepsPerSave)) continue;
      const value = kernel.outputs[row * numbers + i]!;
      if (!Object.is(value, values[i])) found.push(`row ${row}, number ${i}: ${value}, interpreter ${values[i]}`);
    }
  }
  for (const [i, value] of kernel.slots.entries()) {
    if (hasFailed(failures[i % lanes]!, program.clock.steps)) continue;
    const expected = machine.memory[i]!;
    if (!Object.is(value, expected)) {
      const slot = Math.floor(i / lanes);
      const name = program.slots.find((s) => slot >= s.base && slot < s.base + s.size)?.name;
      found.push(`slot ${slot} (${name}), lane ${i % lanes}: ${value}, interpreter ${expected}`);
    }
  }
  return found.slice(0, 10);
}

const hasFailed = (failure: LaneFailure | null, step: number): boolean => failure !== null && failure.step <= step;

function readRow(program: Program, machine: Interpreter): Float64Array {
  const values: number[] = [];
  for (const output of program.outputs) {
    for (let e = 0; e < output.size; e++)
      for (let l = 0; l < machine.lanes; l++) values.push(readOutput(program, output, machine, e, l));
  }
  return Float64Array.from(values);
}
