/** Programs of random models, with inputs that differ from lane to lane. */
import fc from "fast-check";
import { planParameters } from "../../engine/ensemble/plan-parameters.ts";
import type { Program } from "../../engine/ir/program.ts";
import { compileText } from "../../engine/testing/compile-text.ts";
import type { LaneInputs } from "../../engine/testing/same-bits.ts";
import { randomModel } from "./random-model.ts";

/** Parameters differ from lane to lane by these factors. */
const FACTORS = [1, 0.5, -1, 1000];

/** The choices that make a model. */
export const tape = fc.array(fc.nat(1000), { minLength: 20, maxLength: 160 });

/** Both forms of a kernel. */
export const kernelForm = fc.constantFrom("plain" as const, "for-revectorizer" as const);

export interface RandomProgram {
  readonly yaml: string;
  readonly program: Program;
  readonly inputs: LaneInputs;
}

/** Null for the few models that are wrong, such as "age == time", where the name of an element is expected. */
export function randomProgram(choices: readonly number[]): RandomProgram | null {
  const yaml = randomModel(choices);
  const { model, program } = compileText(yaml);
  if (model === null || program === null) return null;
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

/** The same models in every process. */
export function someRandomPrograms(count: number): RandomProgram[] {
  const tapes = fc.sample(tape, { numRuns: 2 * count, seed: 20_261_125 });
  return tapes
    .map(randomProgram)
    .filter((p) => p !== null)
    .slice(0, count);
}
