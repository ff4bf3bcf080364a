/** Compares kernels with the interpreter under the options of V8 that this process was started with, and prints what differs. See tiers.test.ts. */
import "../../engine/language/libraries-at-hand.ts";
import { optimizeProgram } from "../../engine/ir/passes/optimize-program.ts";
import { differences } from "../../engine/testing/same-bits.ts";
import { featureModel } from "./feature-model.ts";
import { someRandomPrograms } from "./random-program.ts";

const MODELS = 30;

const found = (["euler", "rk2", "rk4"] as const).flatMap((method) => {
  const { program, inputs } = featureModel(method);
  return ([2, 4] as const).flatMap((lanes) =>
    (["plain", "for-revectorizer"] as const).flatMap((form) => [
      ...differences(program, lanes, inputs, program, { form }),
      ...differences(program, lanes, inputs, optimizeProgram(program), { form }),
    ]),
  );
});
for (const { program, inputs } of someRandomPrograms(MODELS))
  for (const lanes of [2, 4] as const) found.push(...differences(program, lanes, inputs, optimizeProgram(program)));
process.stdout.write(JSON.stringify(found));
