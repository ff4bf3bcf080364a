/**
 * Where a kernel keeps what: byte ranges of its memory, in the order in which they lie.
 *
 * A value takes `lanes` numbers side by side, so slot s of lane l is the number `slots / 8 + s · lanes + l`. Every range begins at a
 * multiple of 64 bytes, a cache line.
 */
import type { NoiseSlots, Program } from "../ir/program.ts";

/** Runs side by side: two fill a vector of 128 bits, four are two vectors beside each other. */
export type Lanes = 2 | 4;

export interface MemoryRange {
  readonly name: string;
  readonly offset: number;
  readonly bytes: number;
}

export interface MemoryLayout {
  readonly lanes: Lanes;
  /** Bytes of one value in all lanes. */
  readonly value: number;
  /** One value of zeros, for reads outside a dimension. */
  readonly zero: number;
  /** Time of the step, in every lane. */
  readonly time: number;
  /** By lane: the first step with a value that is not finite, and the first with an identity that does not hold. */
  readonly nonFinite: number;
  readonly violated: number;
  /** Two values: operands of a function that takes them from memory; its value takes the place of the first. */
  readonly operands: number;
  readonly slots: number;
  /** Stocks before a step, and net flows of the stages, for the Runge–Kutta methods. */
  readonly stages: number;
  /** Amount, weights, caps and shares of an allocation, and its marks of the full. */
  readonly scratch: number;
  /** Members of an allocation for which there is room. */
  readonly scratchMembers: number;
  /** Innovations [noise][period][element][lane]. */
  readonly innovations: readonly number[];
  /** Values read at save points [row][cell][lane], cells of all outputs one after the other. */
  readonly outputs: number;
  readonly outputCells: number;
  readonly rows: number;
  readonly pool: number;
  readonly tables: number;
  readonly ranges: readonly MemoryRange[];
  readonly bytes: number;
}

const LINE = 64;
/** Below lies nothing, so that an address of 0 is never right. */
const FIRST = LINE;

/** Number of times that the innovations of a noise change in a run. */
export function periods(program: Program, noise: NoiseSlots): number {
  const { steps } = program.clock;
  return steps < noise.firstStep ? 0 : Math.floor((steps - noise.firstStep) / noise.everySteps) + 1;
}

/**
 * @param scratchMembers members of the largest allocation
 * @param tableBytes bytes of the lookup tables
 */
export function layoutMemory(program: Program, lanes: Lanes, scratchMembers: number, tableBytes: number): MemoryLayout {
  const value = lanes * Float64Array.BYTES_PER_ELEMENT;
  const ranges: MemoryRange[] = [];
  let next = FIRST;
  const range = (name: string, bytes: number): number => {
    const offset = next;
    ranges.push({ name, offset, bytes });
    next += Math.ceil(bytes / LINE) * LINE;
    return offset;
  };
  const { stepsPerSave, steps } = program.clock;
  const rows = Math.floor(steps / stepsPerSave) + 1;
  const outputCells = program.outputs.reduce((n, o) => n + o.size, 0);
  const stockCells = program.stocks.reduce((n, s) => n + s.size, 0);
  const stages = { euler: 0, rk2: 3, rk4: 5 }[program.method];
  const zero = range("zero", value);
  const time = range("time", value);
  const nonFinite = range("first step not finite", value);
  const violated = range("first step with a violated identity", value);
  const operands = range("operands of functions", 2 * value);
  const slots = range("slots", program.slotCount * value);
  const stageRange = range("stages", stages * stockCells * value);
  const scratch = range("scratch", (1 + 4 * scratchMembers) * value);
  const innovations = program.noise.map((n) => range(`innovations of ${n.name}`, periods(program, n) * n.size * value));
  const outputs = range("outputs", rows * outputCells * value);
  const tables = range("tables", tableBytes);
  return {
    lanes,
    value,
    zero,
    time,
    nonFinite,
    violated,
    operands,
    slots,
    stages: stageRange,
    scratch,
    scratchMembers,
    innovations,
    outputs,
    outputCells,
    rows,
    tables,
    pool: next,
    ranges,
    bytes: next,
  };
}

/** The ranges, one a line. */
export function printLayout(layout: MemoryLayout): string {
  const lines = layout.ranges.map((r) => `${hex(r.offset)}  ${String(r.bytes).padStart(9)} bytes  ${r.name}`);
  return [`${layout.lanes} lanes, ${layout.value} bytes a value`, ...lines].join("\n");
}

const hex = (n: number): string => `0x${n.toString(16).padStart(7, "0")}`;
