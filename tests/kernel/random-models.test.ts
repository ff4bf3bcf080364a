/** Random models: kernel and interpreter, optimized and not, give the same bits in every output and every status. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { planParameters } from "../../engine/ensemble/plan.ts";
import { optimizeProgram, PASSES } from "../../engine/ir/passes/optimize-program.ts";
import { verifyProgram } from "../../engine/ir/passes/verify-program.ts";
import type { Program } from "../../engine/ir/program.ts";
import { compileText } from "../../engine/testing/compile-text.ts";
import { differences, type LaneInputs, passDifferences } from "../../engine/testing/same-bits.ts";
import { randomModel } from "./random-model.ts";

/** Parameters differ from lane to lane by these factors. */
const FACTORS = [1, 0.5, -1, 1000];

function compiled(choices: readonly number[]): { yaml: string; program: Program; inputs: LaneInputs } {
  const yaml = randomModel(choices);
  const { model, program } = compileText(yaml);
  // A few are wrong, such as "age == time", where the name of an element is expected.
  fc.pre(model !== null && program !== null);
  const parameters = planParameters(model, program);
  const load = (memory: Float64Array, n: number) => {
    for (const p of parameters)
      for (let e = 0; e < p.size; e++)
        for (let l = 0; l < n; l++) memory[(p.base + e) * n + l] = p.central[e]! * FACTORS[l]!;
    for (const lever of program.levers) {
      for (let l = 0; l < n; l++) {
        memory[lever.set * n + l] = l;
        memory[lever.from * n + l] = 2001;
        memory[lever.to * n + l] = 2003;
      }
    }
  };
  return { yaml, program, inputs: { load } };
}

const tape = fc.array(fc.nat(1000), { minLength: 20, maxLength: 160 });

test.each([2, 4] as const)("property: kernel and interpreter agree, %i lanes", (lanes) => {
  fc.assert(
    fc.property(tape, (choices) => {
      const { yaml, program, inputs } = compiled(choices);
      expect(differences(program, lanes, inputs), yaml).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

test("property: every pass, and all of them, change no output and no failure, and their programs verify", () => {
  fc.assert(
    fc.property(tape, (choices) => {
      const { yaml, program, inputs } = compiled(choices);
      verifyProgram(program, "lowering");
      for (const passes of [...PASSES.map((p) => [p.name]), PASSES.map((p) => p.name)]) {
        const optimized = optimizeProgram(program, passes, verifyProgram);
        expect(passDifferences(program, optimized, 4, inputs), `${passes}\n${yaml}`).toEqual([]);
      }
    }),
    { numRuns: 150 },
  );
});

test("property: a kernel of the optimized program agrees with the interpreter of the program", () => {
  fc.assert(
    fc.property(tape, (choices) => {
      const { yaml, program, inputs } = compiled(choices);
      expect(differences(program, 4, inputs, optimizeProgram(program)), yaml).toEqual([]);
    }),
    { numRuns: 150 },
  );
});
