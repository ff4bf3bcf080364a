/**
 * Compares revectorized kernels with the interpreter, and prints what differs; V8 may end this process instead. See revectorized.test.ts.
 *
 *     revectorized-check.ts              a model with all features
 *     revectorized-check.ts FIRST COUNT  some random models
 *     revectorized-check.ts sums         random models of exponentials of sums, split
 *     revectorized-check.ts powers       powers, exponentials and logarithms of special values
 */
import "../../engine/language/libraries-at-hand.ts";
import { optimizeProgram } from "../../engine/ir/passes/optimize-program.ts";
import { differences } from "../../engine/testing/same-bits.ts";
import { featureModel } from "./feature-model.ts";
import { type RandomProgram, someRandomPrograms } from "./random-program.ts";
import { someRandomSums } from "./random-sums.ts";
import { specialPowers } from "./special-powers.ts";

function ofAllFeatures(): string[] {
  return (["euler", "rk2", "rk4"] as const).flatMap((method) => {
    const { program, inputs } = featureModel(method);
    return [program, optimizeProgram(program)].flatMap((compiled) =>
      differences(program, 4, inputs, compiled, { form: "for-revectorizer" }),
    );
  });
}

function ofModels(models: readonly RandomProgram[]): string[] {
  return models.flatMap(({ program, inputs }) =>
    differences(program, 4, inputs, optimizeProgram(program), { form: "for-revectorizer" }),
  );
}

function ofChosen([first, count]: readonly string[]): string[] {
  if (first === undefined) return ofAllFeatures();
  if (first === "sums") return ofModels(someRandomSums(20, "factors"));
  if (first === "powers") return ofModels([specialPowers()]);
  return ofModels(someRandomPrograms(Number(first) + Number(count)).slice(Number(first)));
}

process.stdout.write(JSON.stringify(ofChosen(process.argv.slice(2))));
