/** Random models run by the kernel and by the interpreter: the same bits in every slot, every output and every status. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { planParameters } from "../../engine/ensemble/plan.ts";
import { compileText } from "../../engine/testing/compile-text.ts";
import { differences } from "../../engine/testing/same-bits.ts";
import { randomModel } from "./random-model.ts";

const FACTORS = [1, 0.5, -1, 1000];

test.each([2, 4] as const)("property: kernel and interpreter agree on random models, %i lanes", (lanes) => {
  let compiled = 0;
  fc.assert(
    fc.property(fc.array(fc.nat(1000), { minLength: 20, maxLength: 160 }), (choices) => {
      const yaml = randomModel(choices);
      const { model, program } = compileText(yaml);
      // Some are wrong: a constant that is not in its function's domain, or a circle at the start.
      if (!model || !program) return;
      compiled += 1;
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
      expect(differences(program, lanes, { load }), yaml).toEqual([]);
    }),
    { numRuns: 250 },
  );
  expect(compiled).toBeGreaterThan(100);
});
