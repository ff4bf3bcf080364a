/**
 * Editions of the arithmetic: within each of them the kernel gives the interpreter's bits, whichever passes ran, and each of them gives the numbers of
 * `exact` but for rounding.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadModel } from "../../cli/load-model.ts";
import type { BlockResult } from "../../engine/ensemble/block-result.ts";
import { buildCatalog } from "../../engine/ensemble/build-catalog.ts";
import { planEnsemble } from "../../engine/ensemble/plan.ts";
import { kernelCode, withKernel } from "../../engine/ensemble/plan-kernel.ts";
import { createBlockRunner } from "../../engine/ensemble/run-block.ts";
import { Interpreter } from "../../engine/ir/interpreter.ts";
import { applyNumerics } from "../../engine/ir/passes/apply-numerics.ts";
import { optimizeProgram, PASSES } from "../../engine/ir/passes/optimize-program.ts";
import { verifyProgram } from "../../engine/ir/passes/verify-program.ts";
import { readOutput, runProgram } from "../../engine/ir/run-program.ts";
import type { Numerics } from "../../engine/model/model.ts";
import { differences, innovationsOf } from "../../engine/testing/same-bits.ts";
import { kernelForm, type RandomProgram, randomProgram, tape } from "./random-program.ts";
import { randomSumsProgram, someRandomSums } from "./random-sums.ts";

const NAMES = PASSES.map((p) => p.name);
const passes = fc.oneof(fc.constant(NAMES), fc.subarray(NAMES));
const lanes = fc.constantFrom(2, 4);
const edition = fc.constantFrom("logarithms" as const, "factors" as const);

test("property: kernels of random models agree with the interpreter in each edition", () => {
  fc.assert(
    fc.property(tape, edition, passes, lanes, kernelForm, (choices, numerics, chosen, n, form) => {
      const found = randomProgram(choices);
      fc.pre(found !== null);
      const program = applyNumerics(found.program, numerics);
      verifyProgram(program, numerics);
      const optimized = optimizeProgram(program, chosen, verifyProgram);
      expect(differences(program, n, found.inputs, optimized, { form }), `${chosen}\n${found.yaml}`).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

describe("random models of exponentials of sums", () => {
  test("property: kernels agree with the interpreter, every slot of the plain program and every output of optimized ones", () => {
    fc.assert(
      fc.property(tape, passes, lanes, kernelForm, (choices, chosen, n, form) => {
        const { yaml, program, inputs } = randomSumsProgram(choices, "factors");
        verifyProgram(program, "factors");
        expect(differences(program, n, inputs, program, { form }), yaml).toEqual([]);
        const optimized = optimizeProgram(program, chosen, verifyProgram);
        expect(differences(program, n, inputs, optimized, { form }), `${chosen}\n${yaml}`).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test("exponentials are split in a third of them at least, and the outputs are those of exact within the bound", () => {
    const [exact, factors] = [someRandomSums(300, "exact"), someRandomSums(300, "factors")];
    const isSplit = ({ program }: RandomProgram) => JSON.stringify(program.step).includes('"scale"');
    expect(factors.filter(isSplit).length).toBeGreaterThan(100);
    // (2.3 n + Σ |sums on the way|) 2^-53: the addends of an exponent, those of its addends included, are at most 25, of at most 10.
    const bound = (2.3 * 4 + 25 * 10) * 2 ** -53;
    for (const [m, program] of exact.entries()) {
      const found = outputsOf(factors[m]!);
      for (const [i, value] of outputsOf(program).entries())
        if (!Object.is(value, found[i]))
          expect(Math.abs(found[i]! - value), program.yaml).toBeLessThanOrEqual(bound * Math.abs(value));
    }
  });
});

/** The outputs of one run at all save points. */
function outputsOf({ program, inputs }: RandomProgram): number[] {
  const machine = new Interpreter(program, 1);
  const found: number[] = [];
  const save = (): void => {
    for (const output of program.outputs)
      for (let e = 0; e < output.size; e++) found.push(readOutput(program, output, machine, e, 0));
  };
  runProgram(program, machine, { load: inputs.load, innovations: innovationsOf(1) }, { save });
  return found;
}

const FOLDER = join(import.meta.dirname, "..", "..", "scenarios");

describe.each(readdirSync(FOLDER))("scenarios/%s", (name) => {
  const { model, program } = loadModel(join(FOLDER, name));
  if (!model || !program) throw new Error(`scenarios/${name} is wrong: terrace check says where`);
  const catalog = buildCatalog(model, "hash", [model.scenarios.at(-1)!.name]);
  const blockOf = (numerics: Numerics): BlockResult => {
    const plan = planEnsemble(model, applyNumerics(program, numerics), catalog, { seed: 3, draws: 4 });
    return createBlockRunner(withKernel(plan, kernelCode(plan)))(0);
  };

  test.each(["logarithms", "factors"] as const)(
    "%s gives the results of exact to 9 digits of the largest",
    (numerics) => {
      const [exact, found] = [blockOf("exact"), blockOf(numerics)];
      for (const [t, { indicators }] of catalog.tables.entries()) {
        const size = exact.tables[t]!.length / indicators.length;
        for (const i of indicators.keys()) {
          const [before, after] = [exact, found].map((b) => b.tables[t]!.subarray(i * size, (i + 1) * size));
          const largest = before!.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
          for (const [at, x] of before!.entries())
            if (!Object.is(x, after![at])) expect(Math.abs(after![at]! - x)).toBeLessThanOrEqual(1e-9 * largest);
        }
      }
    },
  );
});
