/** Warns of stocks that are negative at the start of a run at central values. */
import type { DiagnosticList } from "../diagnostics/diagnostic.ts";
import type { Interpreter } from "../ir/interpreter.ts";
import type { Program } from "../ir/program.ts";
import { singleMachine } from "../ir/single-machine.ts";
import type { Model } from "../model/model.ts";
import { cellKeys } from "../model/symbols.ts";
import { centralParameters } from "./plan-parameters.ts";

/** Elements that a warning names. */
const NAMED = 6;

export function checkStart(model: Model, program: Program, diagnostics: DiagnosticList): void {
  const { memory } = machineAtStart(model, program);
  const slots = new Map(program.slots.filter((s) => s.kind === "stock").map((s) => [s.name, s]));
  for (const stock of model.variables) {
    if (stock.kind !== "stock") continue;
    const { base, size } = slots.get(stock.name)!;
    const values = memory.subarray(base, base + size);
    const value = values.reduce((least, v) => Math.min(v, least), 0);
    if (value === 0) continue;
    const keys = stock.shape.length === 0 ? [] : cellKeys(stock.shape).filter((_, cell) => values[cell]! < 0);
    const single = stock.initial.length === 1 ? stock.initial[0]!.equation.source.span : stock.span;
    const { name, unit } = stock;
    const data = { name, elements: keys.slice(0, NAMED), count: Math.max(keys.length, 1), value, unit };
    diagnostics.add("negative-initial-stock", single, data);
  }
}

/** One lane at central values, at the start. */
function machineAtStart(model: Model, program: Program): Interpreter {
  const machine = singleMachine(program);
  const { memory } = machine;
  memory.fill(0);
  for (const { base, central } of centralParameters(model, program)) memory.set(central, base);
  for (const { set, initial } of program.levers) memory[set] = initial;
  for (const { state, size, initial } of program.noise) memory.fill(initial, state, state + size);
  machine.step = 0;
  machine.time = program.clock.start;
  machine.run(program.constants);
  machine.run(program.initial);
  return machine;
}
