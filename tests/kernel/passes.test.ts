/** A model with every kind of statement: each pass alone and each pass left out change no bit, on two and four lanes, called and in place. */
import { describe, expect, it } from "vitest";
import { fusePowers } from "../../engine/ir/passes/fuse-powers.ts";
import { optimizeProgram, PASSES } from "../../engine/ir/passes/optimize-program.ts";
import { verifyProgram } from "../../engine/ir/passes/verify-program.ts";
import { differences } from "../../engine/testing/same-bits.ts";
import { featureModel } from "./feature-model.ts";

const names = PASSES.map((p) => p.name);
const choices = [
  ["none", []],
  ["all", names],
  ...names.map((n) => [`only ${n}`, [n]] as const),
  ...names.map((n) => [`all but ${n}`, names.filter((other) => other !== n)] as const),
] as const;

describe.each(["euler", "rk2", "rk4"] as const)("%s", (method) => {
  const { program, inputs } = featureModel(method);

  it.each(choices)("%s: the kernel gives the bits of the interpreter of the plain program", (_, passes) => {
    const optimized = optimizeProgram(program, passes, verifyProgram);
    for (const lanes of [2, 4] as const) {
      for (const form of ["plain", "for-revectorizer"] as const)
        expect(differences(program, lanes, inputs, optimized, { form }), `${lanes} lanes, ${form}`).toEqual([]);
    }
  });

  it("within the edition with logarithms too", () => {
    const edition = fusePowers(program);
    verifyProgram(edition, "fuse-powers");
    for (const lanes of [2, 4] as const)
      expect(differences(edition, lanes, inputs, optimizeProgram(edition, names, verifyProgram))).toEqual([]);
  });
});
