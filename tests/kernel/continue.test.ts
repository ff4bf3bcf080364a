/** Random models: a run that goes on from the state it had at a save point has the bits of the whole run, in kernel and interpreter. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { planParameters } from "../../engine/ensemble/plan-parameters.ts";
import { createMachine, type RunMachine } from "../../engine/ensemble/run-machine.ts";
import { optimizeProgram } from "../../engine/ir/passes/optimize-program.ts";
import type { Program } from "../../engine/ir/program.ts";
import type { RunSpan } from "../../engine/ir/run-program.ts";
import { stateRanges, stateSize } from "../../engine/ir/run-state.ts";
import { compileKernel } from "../../engine/kernel/compile-kernel.ts";
import { compileText } from "../../engine/testing/compile-text.ts";
import { innovationsOf } from "../../engine/testing/same-bits.ts";
import { randomModel } from "./random-model.ts";

const LANES = 4;
/** Parameters and levers differ from lane to lane by these factors. */
const FACTORS = [1, 0.5, -1, 1000];

const machines = {
  interpreter: (program: Program): RunMachine => createMachine(program, null, LANES),
  kernel: (program: Program): RunMachine => {
    const { bytes, layout } = compileKernel(optimizeProgram(program), LANES);
    return createMachine(program, { layout, module: new WebAssembly.Module(bytes) }, LANES);
  },
} as const;

/** Rows and failures of a run; what belongs to a lane after its failure is left out, since nobody sees it. */
function run(
  machine: RunMachine,
  program: Program,
  load: (memory: Float64Array, lanes: number) => void,
  span: RunSpan,
) {
  const rows = new Map<number, string[]>();
  const failures = machine.run(
    { load, innovations: innovationsOf(LANES) },
    (row, cells) => {
      rows.set(
        row,
        Array.from(cells, (value) => (Object.is(value, -0) ? "-0" : String(value))),
      );
    },
    span,
  );
  const seen = [...rows].map(([row, values]) =>
    values.filter((_, i) => !((failures[i % LANES]?.step ?? Infinity) <= row * program.clock.stepsPerSave)),
  );
  return { rows: new Map([...rows.keys()].map((row, i) => [row, seen[i]!])), failures };
}

test.each([
  ["interpreter", "interpreter"],
  ["interpreter", "kernel"],
  ["kernel", "interpreter"],
  ["kernel", "kernel"],
] as const)("property: %s keeps, %s goes on", (keeps, goesOn) => {
  fc.assert(
    fc.property(fc.array(fc.nat(1000), { minLength: 20, maxLength: 160 }), fc.nat(4), (choices, row) => {
      const yaml = randomModel(choices);
      const { model, program } = compileText(yaml);
      fc.pre(model !== null && program !== null);
      const parameters = planParameters(model, program);
      const load = (memory: Float64Array, n: number) => {
        for (const p of parameters)
          for (let e = 0; e < p.size; e++)
            for (let l = 0; l < n; l++) memory[(p.base + e) * n + l] = p.central[e]! * FACTORS[l]!;
        for (const lever of program.levers) for (let l = 0; l < n; l++) memory[lever.set * n + l] = FACTORS[l]!;
      };
      const step = row * program.clock.stepsPerSave;
      const ranges = stateRanges(program);
      const state = new Float64Array(stateSize(ranges) * LANES);
      const copy = (memory: Float64Array, each: (slots: Float64Array, kept: Float64Array) => void) => {
        let at = 0;
        for (const { base, size } of ranges) {
          each(memory.subarray(base * LANES, (base + size) * LANES), state.subarray(at, at + size * LANES));
          at += size * LANES;
        }
      };
      const take = (memory: Float64Array) => copy(memory, (slots, kept) => kept.set(slots));
      const put = (memory: Float64Array) => copy(memory, (slots, kept) => slots.set(kept));
      const whole = run(machines[keeps](program), program, load, { keep: { step, take } });
      const rest = run(machines[goesOn](program), program, load, { start: { step, put } });
      for (const [lane, failure] of whole.failures.entries()) {
        // A run that had failed before may look well again.
        if (failure && failure.step < step) continue;
        expect(rest.failures[lane]?.step, yaml).toBe(failure?.step);
      }
      if (whole.failures.some((failure) => failure && failure.step < step)) return;
      for (const [at, values] of rest.rows) expect(values, yaml).toEqual(whole.rows.get(at));
    }),
    { numRuns: 120 },
  );
});
