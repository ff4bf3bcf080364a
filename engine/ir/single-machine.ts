/** Machines for one run at a time. */
import { Interpreter } from "./interpreter.ts";
import type { Program } from "./program.ts";

const machines = new WeakMap<Program, WeakRef<Interpreter>>();

/**
 * A machine of one lane, whose memory holds whatever it held last. For the same program it is the same one, as long as memory is not needed
 * for something else: to prepare its statements takes longer than to run them once.
 */
export function singleMachine(program: Program): Interpreter {
  const known = machines.get(program)?.deref();
  if (known) return known;
  const machine = new Interpreter(program, 1);
  machines.set(program, new WeakRef(machine));
  return machine;
}
