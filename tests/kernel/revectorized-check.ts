/** Compares revectorized kernels with the interpreter, and prints what differs; V8 may end this process instead. See revectorized.test.ts. */
import { optimizeProgram } from "../../engine/ir/passes/optimize-program.ts";
import { differences } from "../../engine/testing/same-bits.ts";
import { featureModel } from "./feature-model.ts";

const found = (["euler", "rk2", "rk4"] as const).flatMap((method) => {
  const { program, inputs } = featureModel(method);
  return [program, optimizeProgram(program)].flatMap((compiled) =>
    differences(program, 4, inputs, compiled, { inline: true }),
  );
});
process.stdout.write(JSON.stringify(found));
