/**
 * What runs a group of lanes: the interpreter or a compiled kernel. Both give the same bits, so which one it is does not
 * show in any result.
 */
import { InternalError } from "../diagnostics/diagnostic.ts";
import { Interpreter } from "../ir/interpreter.ts";
import type { Program } from "../ir/program.ts";
import { type LaneFailure, type RunInputs, type RunSpan, readOutput, runProgram } from "../ir/run-program.ts";
import { Kernel } from "../kernel/kernel.ts";
import type { PlanKernel } from "./plan.ts";

export interface RunMachine {
  readonly lanes: number;
  /** [slot, lane], as the last run left it. */
  readonly memory: Float64Array;
  /**
   * Runs all lanes to the stop, from the start or from that of `span`.
   *
   * @param save takes each row of values in order: [cell, lane], cells of all outputs one after the other; rows count from the
   *   start of the model
   */
  run(inputs: RunInputs, save: (row: number, cells: Float64Array) => void, span?: RunSpan): (LaneFailure | null)[];
}

/** The kernel if there is one, else the interpreter with so many lanes. */
export function createMachine(program: Program, kernel: PlanKernel | null, lanes: number): RunMachine {
  return kernel ? new KernelMachine(program, kernel) : new InterpreterMachine(program, lanes);
}

class InterpreterMachine implements RunMachine {
  readonly lanes: number;
  readonly #program: Program;
  readonly #machine: Interpreter;
  readonly #cells: Float64Array;

  constructor(program: Program, lanes: number) {
    this.lanes = lanes;
    this.#program = program;
    this.#machine = new Interpreter(program, lanes);
    this.#cells = new Float64Array(program.outputs.reduce((n, o) => n + o.size, 0) * lanes);
  }

  get memory(): Float64Array {
    return this.#machine.memory;
  }

  run(inputs: RunInputs, save: (row: number, cells: Float64Array) => void, span?: RunSpan): (LaneFailure | null)[] {
    const sink = {
      save: (row: number) => {
        this.#read();
        save(row, this.#cells);
      },
    };
    return runProgram(this.#program, this.#machine, inputs, sink, span);
  }

  #read(): void {
    let at = 0;
    for (const output of this.#program.outputs) {
      for (let e = 0; e < output.size; e++) {
        for (let l = 0; l < this.lanes; l++) this.#cells[at++] = readOutput(this.#program, output, this.#machine, e, l);
      }
    }
  }
}

class KernelMachine implements RunMachine {
  readonly lanes: number;
  readonly #program: Program;
  readonly #kernel: Kernel;
  /** Finds out what failed; made when a lane fails for the first time. */
  #interpreter: InterpreterMachine | null = null;

  constructor(program: Program, { layout, module }: PlanKernel) {
    this.lanes = layout.lanes;
    this.#program = program;
    this.#kernel = new Kernel(program, layout, module);
  }

  get memory(): Float64Array {
    return this.#kernel.slots;
  }

  run(inputs: RunInputs, save: (row: number, cells: Float64Array) => void, span: RunSpan = {}): (LaneFailure | null)[] {
    const status = this.#kernel.run(inputs, span);
    const { rows, outputCells } = this.#kernel.layout;
    const numbers = outputCells * this.lanes;
    const first = Math.ceil((span.start?.step ?? 0) / this.#program.clock.stepsPerSave);
    for (let row = first; row < rows; row++)
      save(row, this.#kernel.outputs.subarray(row * numbers, (row + 1) * numbers));
    if (status.every((step) => step === Number.POSITIVE_INFINITY)) return new Array(this.lanes).fill(null);
    return this.#explain(inputs, status, span);
  }

  /** The kernel knows at which step a lane failed; the interpreter, run again with the same inputs, knows what it was. */
  #explain(inputs: RunInputs, status: Float64Array, { start }: RunSpan): (LaneFailure | null)[] {
    this.#interpreter ??= new InterpreterMachine(this.#program, this.lanes);
    const failures = this.#interpreter.run(inputs, () => {}, start && { start });
    for (const [lane, failure] of failures.entries()) {
      const step = failure?.step ?? Number.POSITIVE_INFINITY;
      if (step !== status[lane]) {
        throw new InternalError(`kernel and interpreter disagree on a failure: step ${status[lane]} and ${step}`);
      }
    }
    return failures;
  }
}
