/** For tests: whether a kernel and the interpreter give the same bits for a program, in every slot and at every save point. */
import { Interpreter } from "../ir/interpreter.ts";
import { isUniform } from "../ir/lower-noise.ts";
import type { NoiseSlots, Program } from "../ir/program.ts";
import { type LaneFailure, readOutput, runProgram } from "../ir/run-program.ts";
import { compileKernel, type KernelOptions } from "../kernel/compile-kernel.ts";
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
        out[e * lanes + l] = isUniform(noise) ? u : normalQuantile(u);
      }
    }
  };
}

/** What the interpreter says of a program: rows of outputs [cell, lane], failures, slots at the end. */
function interpret(program: Program, lanes: number, { load }: LaneInputs) {
  const machine = new Interpreter(program, lanes);
  const rows: Float64Array[] = [];
  const inputs = { load, innovations: innovationsOf(lanes) };
  const failures = runProgram(program, machine, inputs, { save: () => rows.push(readRow(program, machine)) });
  return { rows, failures, slots: machine.memory };
}

/**
 * Runs a program by the interpreter and by a kernel, and lists what differs, at most ten: NaN payloads count as one NaN. After a
 * failed step a lane is not compared, since nobody sees its values.
 *
 * @param compiled what the kernel is made from, if not the program itself; then only outputs are compared
 */
export function differences(
  program: Program,
  lanes: Lanes,
  inputs: LaneInputs,
  compiled: Program = program,
  options: KernelOptions = {},
): string[] {
  const kernel = instantiate(compiled, compileKernel(compiled, lanes, options));
  const { rows, failures, slots } = interpret(program, lanes, inputs);
  const status = kernel.run({ ...inputs, innovations: innovationsOf(lanes) });
  const found: string[] = [];
  for (const [lane, failure] of failures.entries()) {
    const expected = failure?.step ?? Number.POSITIVE_INFINITY;
    if (status[lane] !== expected) found.push(`lane ${lane} failed at ${status[lane]}, interpreter at ${expected}`);
  }
  const numbers = kernel.layout.outputCells * lanes;
  const ofKernel = rows.map((_, row) => kernel.outputs.subarray(row * numbers, (row + 1) * numbers));
  found.push(...rowDifferences(program, rows, ofKernel, failures));
  if (compiled === program) found.push(...slotDifferences(program, slots, kernel.slots, failures));
  return found.slice(0, 10);
}

/** Outputs and failures of an optimized program that differ from those of the program, both interpreted. */
export function passDifferences(program: Program, optimized: Program, lanes: number, inputs: LaneInputs): string[] {
  const [before, after] = [interpret(program, lanes, inputs), interpret(optimized, lanes, inputs)];
  const found = rowDifferences(program, before.rows, after.rows, before.failures);
  for (const [lane, failure] of before.failures.entries()) {
    if (failure?.step !== after.failures[lane]?.step) found.push(`lane ${lane} fails at another step`);
  }
  return found.slice(0, 10);
}

type Failures = readonly (LaneFailure | null)[];

function rowDifferences(
  program: Program,
  expected: readonly Float64Array[],
  found: readonly Float64Array[],
  failures: Failures,
): string[] {
  return expected.flatMap((values, row) =>
    [...values].flatMap((value, i) => {
      if (hasFailed(failures[i % failures.length]!, row * program.clock.stepsPerSave)) return [];
      const other = found[row]![i];
      return Object.is(other, value) ? [] : [`row ${row}, number ${i}: ${other}, not ${value}`];
    }),
  );
}

function slotDifferences(program: Program, expected: Float64Array, found: Float64Array, failures: Failures): string[] {
  const lanes = failures.length;
  return [...expected].flatMap((value, i) => {
    if (hasFailed(failures[i % lanes]!, program.clock.steps) || Object.is(found[i], value)) return [];
    const slot = Math.floor(i / lanes);
    const name = program.slots.find((s) => slot >= s.base && slot < s.base + s.size)?.name;
    return [`slot ${slot} (${name}), lane ${i % lanes}: ${found[i]}, not ${value}`];
  });
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
