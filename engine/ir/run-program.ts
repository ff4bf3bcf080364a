/**
 * The clock of a run: start, steps, noise, events, saves. The order within a step is that of docs/model-language.md:
 * auxiliaries and flows, save, integrate, then noise and events that fall on the step's end.
 */
import { InternalError } from "../diagnostics/diagnostic.ts";
import type { Interpreter } from "./interpreter.ts";
import type { Definition, NoiseSlots, OutputSlots, Program } from "./program.ts";
import { type SlotInterval, writtenSlots } from "./slot-interval.ts";

/** What a lane (one run) is given. */
export interface RunInputs {
  /** Writes parameters and lever settings into the memory, [slot, lane]. */
  readonly load: (memory: Float64Array, lanes: number) => void;
  /**
   * Fills `out` [element, lane] with the innovations of a noise for one period: standard normal, or uniform on (0, 1)
   * for a Markov process.
   */
  readonly innovations: (noise: NoiseSlots, index: number, out: Float64Array) => void;
}

/** The first thing that went wrong in a run: a value that is not finite, or an identity that does not hold. */
export interface LaneFailure {
  readonly step: number;
  /** Slot of the value, or -1 for an identity. */
  readonly slot: number;
  readonly identity: string | null;
  readonly value: number;
}

/** A part of a run, for one that goes on from a saved state, or that saves one on its way. */
export interface RunSpan {
  /** Puts the state before `step` into the memory [slot, lane], in which everything is as at the start of the run. */
  readonly start?: { readonly step: number; readonly put: (memory: Float64Array, lanes: number) => void };
  /** Takes the state before `step` is evaluated, at or after the step of `start`. */
  readonly keep?: { readonly step: number; readonly take: (memory: Float64Array, lanes: number) => void };
}

export interface RunSink {
  /** Called at every save point; `read(output, element, lane)` is the value as the indicator is read. */
  readonly save: (row: number, machine: Interpreter) => void;
}

/** Runs all lanes from start (or that of `span`) to stop; returns the failure of each lane, null where it went well. */
export function runProgram(
  program: Program,
  machine: Interpreter,
  inputs: RunInputs,
  sink: RunSink,
  span: RunSpan = {},
): (LaneFailure | null)[] {
  const { clock } = program;
  const { lanes, memory } = machine;
  const failures = new Array<LaneFailure | null>(lanes).fill(null);
  memory.fill(0);
  inputs.load(memory, lanes);
  for (const { base, size, initial } of initialNoise(program))
    memory.fill(initial, base * lanes, (base + size) * lanes);
  setClock(program, machine, 0);
  machine.run(program.constants);
  machine.run(program.initial);
  const first = span.start?.step ?? 0;
  span.start?.put(memory, lanes);
  setClock(program, machine, first);
  machine.run(program.ahead);
  for (let step = first; ; step++) {
    if (step === span.keep?.step) span.keep.take(memory, lanes);
    machine.run(program.step);
    for (const identity of program.identities) for (const s of identity.statements) machine.execute(s);
    const saving = step % clock.stepsPerSave === 0;
    if (saving) {
      sink.save(step / clock.stepsPerSave, machine);
      clearIntegrals(program, machine);
    }
    checkFinite(program, machine, step, failures, saving);
    checkIdentities(program, machine, step, failures);
    if (step === clock.steps) return failures;
    for (const statement of program.past) machine.execute(statement);
    integrate(program, machine, step);
    setClock(program, machine, step + 1);
    happen(program, machine, inputs, step + 1);
  }
}

function setClock(program: Program, machine: Interpreter, step: number): void {
  const { start, stepNumerator, stepDenominator } = program.clock;
  machine.step = step;
  machine.time = start + (step * stepNumerator) / stepDenominator;
}

function* initialNoise(program: Program): Iterable<{ base: number; size: number; initial: number }> {
  for (const noise of program.noise) yield { base: noise.state, size: noise.size, initial: noise.initial };
}

/** Noise and events that fall on the end of a step. */
function happen(program: Program, machine: Interpreter, inputs: RunInputs, step: number): void {
  const { lanes, memory } = machine;
  const due = program.noise.filter((n) => step >= n.firstStep && (step - n.firstStep) % n.everySteps === 0);
  for (const noise of due) {
    const index = noise.firstIndex + (step - noise.firstStep) / noise.everySteps;
    const at = noise.innovation * lanes;
    inputs.innovations(noise, index, memory.subarray(at, at + noise.size * lanes));
  }
  if (due.length > 0) {
    for (const statement of program.correlate) machine.execute(statement);
    for (const noise of due) for (const statement of noise.update) machine.execute(statement);
  }
  for (const [i, event] of program.events.entries()) {
    if (i === program.events.length - 1) machine.run(program.ahead);
    if (isDue(event, step)) machine.run(event.definitions);
  }
}

function isDue(event: { readonly everySteps: number; readonly firstStep: number }, step: number): boolean {
  if (event.everySteps === 0) return step === event.firstStep;
  return step >= event.firstStep && (step - event.firstStep) % event.everySteps === 0;
}

/** Moves the stocks over one step: Euler, Heun's second-order or the classical fourth-order Runge–Kutta method. */
function integrate(program: Program, machine: Interpreter, step: number): void {
  const dt = program.clock.stepNumerator / program.clock.stepDenominator;
  if (program.method === "euler") return addNet(program, machine, dt);
  const { stocks } = program;
  const before = stocks.map((s) => slice(machine, s.base, s.size));
  const nets = [stocks.map((s) => slice(machine, s.net, s.size))];
  const stages: readonly { at: number; weight: number }[] =
    program.method === "rk2"
      ? [{ at: 1, weight: 1 }]
      : [
          { at: 0.5, weight: 0.5 },
          { at: 0.5, weight: 0.5 },
          { at: 1, weight: 1 },
        ];
  const time = machine.time;
  for (const { at, weight } of stages) {
    const last = nets.at(-1)!;
    for (const [i, s] of stocks.entries()) {
      const y = before[i]!;
      const k = last[i]!;
      const base = s.base * machine.lanes;
      for (let j = 0; j < y.length; j++) machine.memory[base + j] = y[j]! + dt * weight * k[j]!;
    }
    machine.time = time + dt * at;
    machine.run(program.stage);
    nets.push(stocks.map((s) => slice(machine, s.net, s.size)));
  }
  machine.time = time;
  machine.step = step;
  for (const [i, s] of stocks.entries()) {
    const y = before[i]!;
    const k = nets.map((n) => n[i]!);
    const base = s.base * machine.lanes;
    for (let j = 0; j < y.length; j++) {
      const slope =
        k.length === 2 ? (k[0]![j]! + k[1]![j]!) / 2 : (k[0]![j]! + 2 * k[1]![j]! + 2 * k[2]![j]! + k[3]![j]!) / 6;
      machine.memory[base + j] = y[j]! + dt * slope;
    }
  }
}

const slice = (machine: Interpreter, base: number, size: number): Float64Array =>
  machine.memory.slice(base * machine.lanes, (base + size) * machine.lanes);

function addNet(program: Program, machine: Interpreter, dt: number): void {
  const { lanes, memory } = machine;
  for (const { base, size, net, inStep } of program.stocks) {
    if (inStep) continue;
    const [to, from] = [base * lanes, net * lanes];
    for (let i = 0; i < size * lanes; i++) memory[to + i] = memory[to + i]! + dt * memory[from + i]!;
  }
}

/** The value of an output as its indicator is read; at the first save point, the value (or rate) of that moment. */
export function readOutput(
  program: Program,
  output: OutputSlots,
  machine: Interpreter,
  element: number,
  lane: number,
): number {
  const { lanes, memory, step } = machine;
  const now = memory[(output.base + element) * lanes + lane]!;
  if (output.reading === "end") return now;
  const { stepsPerSave, stepNumerator, stepDenominator } = program.clock;
  const length = (stepsPerSave * stepNumerator) / stepDenominator;
  if (step === 0) return output.reading === "total" ? now * length : now;
  const integral = memory[(output.integral + element) * lanes + lane]!;
  return output.reading === "total" ? integral : integral / length;
}

function clearIntegrals(program: Program, machine: Interpreter): void {
  const { lanes, memory } = machine;
  for (const o of program.outputs)
    if (o.integral >= 0) memory.fill(0, o.integral * lanes, (o.integral + o.size) * lanes);
}

/**
 * Looks for lanes whose stocks (every step) or outputs (at save points) are not finite, and finds the first variable in
 * causal order that is to blame.
 */
function checkFinite(
  program: Program,
  machine: Interpreter,
  step: number,
  failures: (LaneFailure | null)[],
  saving: boolean,
): void {
  const { lanes, memory } = machine;
  const bad = new Set<number>();
  const scan = (base: number, size: number) => {
    if (areFinite(memory, base * lanes, (base + size) * lanes)) return;
    for (let i = base * lanes; i < (base + size) * lanes; i++) {
      if (!Number.isFinite(memory[i]!)) bad.add(i % lanes);
    }
  };
  // What the step integrates has moved on; the slot `finite` tells of it.
  const kept = program.stocks.filter((s) => !s.inStep);
  for (const s of kept) scan(s.net, s.size);
  for (const s of kept) scan(s.base, s.size);
  if (program.finite !== undefined) scan(program.finite, 1);
  if (saving) for (const o of program.outputs) scan(o.base, o.size);
  for (const lane of bad) failures[lane] ??= firstNonFinite(program, machine, step, lane);
}

/** A finite number times 0 is 0, any other one NaN. */
function areFinite(numbers: Float64Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (numbers[i]! * 0 !== 0) return false;
  return true;
}

function checkIdentities(program: Program, machine: Interpreter, step: number, failures: (LaneFailure | null)[]): void {
  const { lanes, memory } = machine;
  for (const { name, residual, tolerance } of program.identities) {
    for (let l = 0; l < lanes; l++) {
      const value = memory[residual * lanes + l]!;
      if (value > tolerance) failures[l] ??= { step, slot: -1, identity: name, value };
    }
  }
}

function firstNonFinite(program: Program, machine: Interpreter, step: number, lane: number): LaneFailure {
  const { lanes, memory } = machine;
  const at = (slot: number) => memory[slot * lanes + lane]!;
  const find = (from: number, to: number): LaneFailure | null => {
    for (let slot = from; slot < to; slot++) {
      if (!Number.isFinite(at(slot))) return { step, slot, identity: null, value: at(slot) };
    }
    return null;
  };
  // Stocks come first: if one is already not finite, it was so before this step's equations.
  for (const s of program.stocks) {
    const found = find(s.base, s.base + s.size);
    if (found) return found;
  }
  for (const slots of causalSlots([...program.constants, ...program.initial, ...program.ahead, ...program.step])) {
    const found = find(slots.from, slots.to);
    if (found) return found;
  }
  throw new InternalError(`a value that is not finite has no origin (step ${step}, lane ${lane})`);
}

/** Slots that statements compute, in causal order. */
function* causalSlots(definitions: readonly Definition[]): Iterable<SlotInterval> {
  for (const { statements } of definitions)
    for (const s of statements) if (s.kind !== "fill-past" && s.kind !== "copy") yield* writtenSlots(s);
}
