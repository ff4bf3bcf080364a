/**
 * Compares revectorized kernels with the interpreter, and prints what differs; V8 may end this process instead. See revectorized.test.ts.
 *
 *     revectorized-check.ts              a model with all features
 *     revectorized-check.ts FIRST COUNT  some random models
 */
import { optimizeProgram } from "../../engine/ir/passes/optimize-program.ts";
import { differences } from "../../engine/testing/same-bits.ts";
import { featureModel } from "./feature-model.ts";
import { someRandomPrograms } from "./random-program.ts";

function ofAllFeatures(): string[] {
  return (["euler", "rk2", "rk4"] as const).flatMap((method) => {
    const { program, inputs } = featureModel(method);
    return [program, optimizeProgram(program)].flatMap((compiled) =>
      differences(program, 4, inputs, compiled, { inline: true }),
    );
  });
}

function ofRandomModels(first: number, count: number): string[] {
  return someRandomPrograms(first + count)
    .slice(first)
    .flatMap(({ program, inputs }) => differences(program, 4, inputs, optimizeProgram(program), { inline: true }));
}

const [first, count] = process.argv.slice(2).map(Number);
const found = first === undefined || count === undefined ? ofAllFeatures() : ofRandomModels(first, count);
process.stdout.write(JSON.stringify(found));
