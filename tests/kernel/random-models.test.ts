/** Random models: kernel and interpreter, optimized and not, give the same bits in every output and every status. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { optimizeProgram, PASSES } from "../../engine/ir/passes/optimize-program.ts";
import { verifyProgram } from "../../engine/ir/passes/verify-program.ts";
import { differences, passDifferences } from "../../engine/testing/same-bits.ts";
import { kernelForm, type RandomProgram, randomProgram, tape } from "./random-program.ts";

function compiled(choices: readonly number[]): RandomProgram {
  const found = randomProgram(choices);
  fc.pre(found !== null);
  return found;
}

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

test("property: a kernel of the optimized program agrees with the interpreter of the program, whichever passes ran, in every form", () => {
  const passes = fc.oneof(fc.constant(PASSES.map((p) => p.name)), fc.subarray(PASSES.map((p) => p.name)));
  fc.assert(
    fc.property(tape, passes, fc.constantFrom(2, 4), kernelForm, (choices, chosen, lanes, form) => {
      const { yaml, program, inputs } = compiled(choices);
      const optimized = optimizeProgram(program, chosen, verifyProgram);
      expect(differences(program, lanes, inputs, optimized, { form }), `${chosen}\n${yaml}`).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
