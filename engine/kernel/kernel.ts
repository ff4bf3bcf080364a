/** A kernel that is ready to run: an instance of its module, and the views of its memory. */
import { InternalError } from "../diagnostics/diagnostic.ts";
import type { NoiseSlots, Program } from "../ir/program.ts";
import type { RunSpan } from "../ir/run-program.ts";
import type { KernelCode } from "./compile-kernel.ts";
import { EXPORTS } from "./kernel-exports.ts";
import { type MemoryLayout, periods } from "./layout.ts";

const NUMBER_BYTES = Float64Array.BYTES_PER_ELEMENT;

/** What the lanes of a call are given, as for the interpreter. */
export interface KernelInputs {
  /** Writes parameters and lever settings into the slots, [slot, lane]. */
  readonly load: (memory: Float64Array, lanes: number) => void;
  /** Fills `out` [element, lane] with the innovations of a noise for one period. */
  readonly innovations: (noise: NoiseSlots, index: number, out: Float64Array) => void;
}

export class Kernel {
  readonly lanes: number;
  readonly layout: MemoryLayout;
  /** [slot, lane], as of the end of the last run. */
  readonly slots: Float64Array;
  /** Values read at save points, [row, cell, lane]; cells of all outputs one after the other. */
  readonly outputs: Float64Array;
  readonly #program: Program;
  readonly #numbers: Float64Array;
  readonly #start: () => void;
  readonly #run: (from: number, until: number) => void;

  /** @param module compiled from `code.bytes` */
  constructor(program: Program, layout: MemoryLayout, module: WebAssembly.Module) {
    this.#program = program;
    this.layout = layout;
    this.lanes = layout.lanes;
    const instance = new WebAssembly.Instance(module);
    const { [EXPORTS.memory]: memory, [EXPORTS.start]: start, [EXPORTS.run]: run } = instance.exports;
    if (!(memory instanceof WebAssembly.Memory) || typeof start !== "function" || typeof run !== "function")
      throw new InternalError("a kernel without its exports");
    this.#start = start as () => void;
    this.#run = run as (from: number, until: number) => void;
    this.#numbers = new Float64Array(memory.buffer);
    this.slots = this.#range(layout.slots, program.slotCount * layout.lanes);
    this.outputs = this.#range(layout.outputs, layout.rows * layout.outputCells * layout.lanes);
  }

  /**
   * Runs all lanes from start to stop, or from the step of `span` on, and keeps the state at the step that it names.
   *
   * @returns for each lane the first step at which something failed, or +Infinity
   */
  run(inputs: KernelInputs, span: RunSpan = {}): Float64Array {
    const { layout, lanes, slots } = this;
    const program = this.#program;
    const [nonFinite, violated] = [this.#range(layout.nonFinite, lanes), this.#range(layout.violated, lanes)];
    slots.fill(0);
    nonFinite.fill(Number.POSITIVE_INFINITY);
    violated.fill(Number.POSITIVE_INFINITY);
    inputs.load(slots, lanes);
    for (const { state, size, initial } of program.noise) slots.fill(initial, state * lanes, (state + size) * lanes);
    for (const [i, noise] of program.noise.entries()) {
      const numbers = noise.size * lanes;
      for (let period = 0; period < periods(program, noise); period++) {
        const at = layout.innovations[i]! + period * numbers * NUMBER_BYTES;
        inputs.innovations(noise, noise.firstIndex + period, this.#range(at, numbers));
      }
    }
    this.#start();
    span.start?.put(slots, lanes);
    const first = span.start?.step ?? 0;
    if (span.keep) {
      this.#run(first, span.keep.step);
      span.keep.take(slots, lanes);
    }
    this.#run(span.keep?.step ?? first, -1);
    return nonFinite.map((step, lane) => Math.min(step, violated[lane]!));
  }

  #range(offset: number, numbers: number): Float64Array {
    return this.#numbers.subarray(offset / NUMBER_BYTES, offset / NUMBER_BYTES + numbers);
  }
}

/** Compiles and instantiates a kernel in this thread. */
export function instantiate(program: Program, code: KernelCode): Kernel {
  return new Kernel(program, code.layout, new WebAssembly.Module(code.bytes));
}
